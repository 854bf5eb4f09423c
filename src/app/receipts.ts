import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { NotificationContext } from '../../machines/notification.types.ts';
import { NOTIFICATION } from '../actors/notification.ts';
import { SERVICE_CALLBACK } from '../actors/service-callback.ts';
import { recordComplaint } from '../commands/record-complaint.ts';
import { type RecordInboundSms, recordInboundSms } from '../commands/record-inbound-sms.ts';
import {
  matchParkedReceipts,
  type RecordSesEvent,
  recordSesEvent,
  sweepParkedReceipts,
} from '../commands/record-ses-event.ts';
import { type RecordSmsReceipt, recordSmsReceipt } from '../commands/record-sms-receipt.ts';
import { startCallback } from '../commands/start-callback.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { ArrivalMeter } from '../metrics/arrival-meter.ts';
import { findByReference } from '../queries/find-by-reference.ts';
import { fragmentCount } from '../queries/fragment-count.ts';
import { keepAttempt } from '../queries/keep-attempt.ts';
import { parkedReceipts } from '../queries/parked-receipts.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Runtime } from '../runtime/runtime.ts';

export type ReceiptCommands = {
  recordSms: RecordSmsReceipt;
  recordSes: RecordSesEvent;
  recordInboundSms: RecordInboundSms;
  /** A provider's reference was stored: receipts that came before it are applied. */
  onReference(reference: string): void;
  /** Keeps a further reference of an email that went out twice: receipts may name either. */
  onSecondReference(id: string, attempt: number, reference: string): void;
  /** Applies parked receipts that can be, and gives up old ones. */
  sweepParked(): Promise<void>;
};

export type ReceiptCommandParts = {
  pool: Pool;
  box: SecretBox;
  directory: Directory;
  clock: Clock;
  runtime(): Runtime;
  arrivals: ArrivalMeter;
  log: Logger;
};

/** The commands behind the receipt routes; test keys' made-up receipts take the same way. */
export function receiptCommands({
  pool,
  box,
  directory,
  clock,
  runtime,
  arrivals,
  log,
}: ReceiptCommandParts): ReceiptCommands {
  const count = fragmentCount({ pool, box, directory, clock });
  const shared = {
    send: (id: string, event: { type: string }) => runtime().send(NOTIFICATION, id, { ...event }),
    now: () => clock.now(),
    log,
    metrics: arrivals,
  };
  const callback = startCallback({
    directory,
    box,
    start: (id, input) => runtime().start(SERVICE_CALLBACK, id, input),
  });
  const ses = {
    ...shared,
    findByReference: findByReference(pool),
    parked: parkedReceipts(pool),
    recordComplaint: recordComplaint({ pool, startCallback: callback }),
  };
  const match = matchParkedReceipts(ses);
  const onReference = (reference: string) => {
    match(reference).catch((error: unknown) =>
      log.error({ err: error, reference }, 'Parked receipts were not matched'),
    );
  };
  const keep = keepAttempt(pool);
  return {
    recordSms: recordSmsReceipt({
      ...shared,
      fragmentCount: async (id) => {
        const known = runtime().recent(NOTIFICATION, id) as NotificationContext | undefined;
        return known && known.billableUnits > 0 ? 0 : count(id);
      },
    }),
    recordSes: recordSesEvent(ses),
    recordInboundSms: arrivals.inboundSms(
      recordInboundSms({ pool, box, directory, startCallback: callback, now: shared.now, log }),
    ),
    onReference,
    onSecondReference: (id, attempt, reference) => {
      keep(id, attempt, reference).then(
        () => onReference(reference),
        (error: unknown) => log.error({ err: error, notification_id: id }, 'A second reference was not kept'),
      );
    },
    sweepParked: sweepParkedReceipts(ses),
  };
}
