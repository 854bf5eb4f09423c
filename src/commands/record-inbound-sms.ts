import type { Pool } from 'pg';
import { parsePhoneNumber } from '../content/phone-number.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { InboundSmsRecorded } from '../messages.ts';
import type { InboundSms } from '../providers/receipts/inbound-sms.ts';
import { parseIso8601 } from '../validation/iso-8601.ts';
import { derivedId } from './derived-id.ts';
import type { StartCallback } from './start-callback.ts';

export type RecordInboundSmsParts = {
  pool: Pool;
  box: SecretBox;
  directory: Pick<Directory, 'service'>;
  startCallback: StartCallback;
  /** Milliseconds since the epoch. */
  now(): number;
  log: {
    debug(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
};

export type RecordInboundSms = (request: { sms: InboundSms; requestId: string }) => Promise<InboundSmsRecorded>;

const FIND_SERVICE = `
select service_id as "serviceId" from inbound_numbers where number = $1 and active and service_id is not null`;

/** The time is that of the first report. */
const INSERT = `
insert into inbound_sms (id, service_id, content, notify_number, user_number, provider_date, provider_reference, provider)
values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), $7, $8)
on conflict (id) do update set id = excluded.id
returning created_at as "createdAt"`;

/**
 * Stores a received text with the service whose number it came to, and owes the received-text callback (workflows 1.8).
 * Durable when it resolves. A report that is repeated is one text and one callback.
 */
export function recordInboundSms(parts: RecordInboundSmsParts): RecordInboundSms {
  const { pool, directory, log } = parts;
  return async ({ sms, requestId }) => {
    const { provider, number } = sms;
    const { rows } = await pool.query<{ serviceId: string }>(FIND_SERVICE, [number]);
    const serviceId = rows[0]?.serviceId;
    const service = serviceId === undefined ? null : await directory.service(serviceId);
    if (service === null) {
      log.warn(
        { provider_name: provider },
        `Inbound number "${number}" from ${provider} not associated with a service`,
      );
      return { outcome: 'unknown-number' };
    }
    if (!service.permissions.has('inbound_sms')) {
      log.error({ service_id: service.id }, `Service "${service.id}" does not allow inbound SMS`);
      return { outcome: 'not-permitted' };
    }
    const { id, createdAt } = await store(parts, sms, service.id);
    await parts.startCallback({
      callbackType: 'inbound_sms',
      serviceId: service.id,
      subjectId: id,
      at: createdAt,
      body: null,
      requestId,
    });
    log.debug({ service_id: service.id, inbound_sms_id: id }, `${service.id} received inbound SMS from ${provider}`);
    return { outcome: 'recorded' };
  };
}

async function store(
  { pool, box, now, log }: RecordInboundSmsParts,
  sms: InboundSms,
  serviceId: string,
): Promise<{ id: string; createdAt: number }> {
  const id = idOf(sms);
  const { rows } = await pool.query<{ createdAt: Date }>(INSERT, [
    id,
    serviceId,
    box.seal(sms.text),
    sms.number,
    userNumber(sms.sender, serviceId, log),
    sms.date === null ? null : (parseIso8601(sms.date) ?? now()),
    sms.providerReference,
    sms.provider,
  ]);
  const [stored] = rows;
  if (stored === undefined) throw new Error(`Received text ${id} was not stored`);
  return { id, createdAt: stored.createdAt.getTime() };
}

/** MMG names each text; of Firetext's, those that agree in everything are one. */
function idOf({ provider, number, sender, text, date, providerReference }: InboundSms): string {
  return derivedId(JSON.stringify([provider, providerReference ?? [number, sender, text, date]]));
}

/** Digits with country code; a sender that is no phone number stays as it is. */
function userNumber(sender: string, serviceId: string, log: RecordInboundSmsParts['log']): string {
  const number = parsePhoneNumber(sender);
  if (number.ok) return number.normalised;
  const reason = number.message;
  log.warn({ service_id: serviceId }, `Invalid from_number received for service "${serviceId}": ${reason}`);
  return sender;
}
