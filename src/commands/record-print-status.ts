import type { Pool } from 'pg';
import type { LetterContext } from '../../machines/letter.types.ts';
import { isoDate, toLondonTime } from '../content/london-time.ts';
import type { ReceiptRecorded } from '../messages.ts';
import type { PrintStatus } from '../providers/receipts/dvla.ts';
import { statusOf } from '../runtime/actor-type.ts';
import type { Sent } from '../runtime/runtime.ts';

export type RecordPrintStatus = (status: PrintStatus) => Promise<ReceiptRecorded>;

export type RecordPrintStatusParts = {
  pool: Pool;
  /** Gives the event to the letter; resolves when the step is durable. */
  send(id: string, event: { type: 'print.despatched' | 'print.rejected' }): Promise<Sent>;
  log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
};

type Despatch = Extract<PrintStatus, { status: 'DESPATCHED' }>;

/** $1 letter, $2 London day, $3 cost class. Answers the sheets that we counted. */
const KEEP_DESPATCH = `
with kept as (
  insert into notifications_letter_despatch (notification_id, despatched_on, cost_threshold) values ($1, $2, $3)
  on conflict do nothing
)
select billable_units as sheets from letters where id = $1`;

/**
 * Applies what the printer says to its letter (letters-broadcasts 6.12). Durable when it resolves, and safe to repeat:
 * a letter that is despatched or rejected already ignores it.
 */
export function recordPrintStatus(parts: RecordPrintStatusParts): RecordPrintStatus {
  return async (status) => {
    const { notificationId: id } = status;
    const isDespatch = status.status === 'DESPATCHED';
    const sent = await parts.send(id, { type: isDespatch ? 'print.despatched' : 'print.rejected' });
    if (sent.outcome === 'unknown') {
      parts.log.warn({ notification_id: id }, `Letter notification not found for id ${id}`);
      return { outcome: 'ignored' };
    }
    const now = statusOf(sent.outcome === 'accepted' ? sent.to : sent.state);
    // A process may have died between the step and this: the printer repeats itself then.
    if (isDespatch && now === 'delivered') await keepDespatch(parts, status);
    if (sent.outcome === 'accepted') return { outcome: 'recorded' };
    announceRefusal(parts, id, now, (sent.context as LetterContext).serviceId);
    return { outcome: 'ignored' };
  };
}

async function keepDespatch({ pool, log }: RecordPrintStatusParts, status: Despatch): Promise<void> {
  const { notificationId: id, at, sheets, costThreshold } = status;
  const day = isoDate(toLondonTime(new Date(at)));
  const { rows } = await pool.query<{ sheets: number }>(KEEP_DESPATCH, [id, day, costThreshold]);
  const counted = rows[0]?.sheets;
  if (counted !== undefined && String(counted) !== sheets) {
    log.error(
      { notification_id: id },
      `Notification with id ${id} has ${counted} billable_units but DVLA says page count is ${sheets}`,
    );
  }
}

/** A letter that ended well or badly gets duplicates; anything else contradicts what we know. */
function announceRefusal({ log }: RecordPrintStatusParts, id: string, status: string, serviceId: string): void {
  const facts = { notification_id: id, service_id: serviceId };
  if (status === 'delivered' || status === 'technical-failure') {
    log.info(facts, `Duplicate letter status for notification ${id}, which is ${status}`);
  } else log.error(facts, `The printer has news of notification ${id}, which is ${status}`);
}
