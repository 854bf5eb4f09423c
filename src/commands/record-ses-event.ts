import type { NotificationContext } from '../../machines/notification.types.ts';
import type { ReceiptRecorded } from '../messages.ts';
import type { SesBounce, SesComplaint, SesDelivery, SesEvent } from '../providers/receipts/ses.ts';
import type { Sent } from '../runtime/runtime.ts';
import { duplicateLine, type ReceiptLog, type ReceiptMetrics } from './receipt-facts.ts';
import type { ReceiptEvent } from './record-sms-receipt.ts';

export type RecordSesEvent = (event: SesEvent) => Promise<ReceiptRecorded>;

/** The email that SES knows by a reference. */
export type ReferencedNotification = { id: string; serviceId: string };

/** Receipts that came before the reference that they name. */
export type ParkedReceipts = {
  park(reference: string, event: SesEvent): Promise<void>;
  /** Those parked for the reference, oldest first; each with what `forget` wants. */
  find(reference: string): Promise<{ handle: string; event: SesEvent }[]>;
  forget(handles: string[]): Promise<void>;
  /** References that are known by now: a process may have ended between storing one and matching. */
  matchable(): Promise<string[]>;
  /** Removes those that waited for half an hour; answers what they were. */
  expire(): Promise<{ reference: string; kind: string }[]>;
};

export type RecordSesEventParts = {
  /** By the reference of any attempt; null when no email has it, or none yet. */
  findByReference(reference: string): Promise<ReferencedNotification | null>;
  send(id: string, event: ReceiptEvent): Promise<Sent>;
  parked: ParkedReceipts;
  /** Stores a complaint; safe to repeat. */
  recordComplaint(complaint: SesComplaint, about: ReferencedNotification): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  log: ReceiptLog;
  metrics: ReceiptMetrics;
};

type KnownEvent = SesDelivery | SesBounce | SesComplaint;

/** Milliseconds after SES took a message in which its reference may still be on its way into the database. */
const PARKING_TIME_MS = 1_800_000;

/**
 * Applies a SES event to the email that it names (workflows 1.3, 1.7). An event that overtook its reference is parked.
 * Durable when it resolves, and safe to repeat. Rejects when the store cannot be reached.
 */
export function recordSesEvent(parts: RecordSesEventParts): RecordSesEvent {
  const { log, parked } = parts;
  return async (event) => {
    if (event.kind === 'unknown') {
      log.error({ notification_type: event.notificationType }, unknownLine(event.notificationType));
      return { outcome: 'ignored' };
    }
    const reference = event.messageId;
    const about = await parts.findByReference(reference);
    if (about !== null) return apply(parts, event, about);
    if (!isYoung(event, parts.now())) {
      log.warn({ reference }, lostLine(reference, event.kind));
      return { outcome: 'ignored' };
    }
    await parked.park(reference, event);
    // The reference may have been stored between the look and the parking, by someone who then found nothing parked.
    if ((await parts.findByReference(reference)) !== null) await matchParkedReceipts(parts)(reference);
    return { outcome: 'parked' };
  };
}

/** Applies what is parked for a reference: call it once the reference is stored. Safe to repeat. */
export function matchParkedReceipts(parts: RecordSesEventParts): (reference: string) => Promise<void> {
  return async (reference) => {
    const waiting = await parts.parked.find(reference);
    if (waiting.length === 0) return;
    const about = await parts.findByReference(reference);
    if (about === null) return;
    for (const { event } of waiting) if (event.kind !== 'unknown') await apply(parts, event, about);
    await parts.parked.forget(waiting.map(({ handle }) => handle));
  };
}

/** Applies every parked receipt whose reference is known, and gives up the old ones. To be called now and then. */
export function sweepParkedReceipts(parts: RecordSesEventParts): () => Promise<void> {
  const match = matchParkedReceipts(parts);
  return async () => {
    for (const reference of await parts.parked.matchable()) await match(reference);
    for (const { reference, kind } of await parts.parked.expire()) {
      parts.log.warn({ reference }, lostLine(reference, kind));
    }
  };
}

async function apply(
  parts: RecordSesEventParts,
  event: KnownEvent,
  about: ReferencedNotification,
): Promise<ReceiptRecorded> {
  const { log, metrics } = parts;
  const facts = { notification_id: about.id, service_id: about.serviceId, provider_name: 'ses' };
  if (event.kind === 'complaint') {
    log.info(facts, `Complaint from SES: ${JSON.stringify(event.loggable)}`);
    await parts.recordComplaint(event, about);
    return { outcome: 'recorded' };
  }
  if (event.kind !== 'delivered') {
    log.info(facts, `SES bounce for notification ID ${about.id}: ${JSON.stringify(event.loggable)}`);
  }
  const sent = await parts.send(about.id, { type: `receipt.${event.kind}`, provider: 'ses' });
  if (sent.outcome === 'accepted') {
    metrics.receiptRecorded('ses', event.kind);
    log.info({ ...facts, ...timesOf(event) }, `SES callback returned status of ${event.kind} for ${about.id}`);
    return { outcome: 'recorded' };
  }
  if (sent.outcome === 'refused') {
    const context = sent.context as NotificationContext;
    log.info(facts, duplicateLine(about.id, event.kind, sent.state, context, parts.now()));
  }
  return { outcome: 'ignored' };
}

/** Of complaints, only those without a message id are unknown. */
function unknownLine(notificationType: string | null): string {
  return notificationType === 'Complaint'
    ? 'Complaint from SES failed to get reference from message'
    : 'Error processing SES results: unknown event';
}

function lostLine(reference: string, kind: string): string {
  return `notification not found for reference: ${reference} (update to ${kind})`;
}

function timesOf(event: SesDelivery | SesBounce): object {
  return event.kind === 'delivered' ? { provider_delivered_at: event.deliveredAt } : {};
}

function isYoung({ timestamp }: KnownEvent, now: number): boolean {
  return timestamp !== null && now - Date.parse(timestamp) < PARKING_TIME_MS;
}
