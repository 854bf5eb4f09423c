import type { NotificationContext, Receipt } from '../../machines/notification.types.ts';
import type { ReceiptRecorded } from '../messages.ts';
import { firetextCodeStatus } from '../providers/receipts/firetext.ts';
import { CLIENT_NAMES, type SmsReceipt } from '../providers/receipts/receipt.ts';
import { statusOf } from '../runtime/actor-type.ts';
import type { Sent } from '../runtime/runtime.ts';
import { parseUuid } from '../validation/uuid.ts';
import { duplicateLine, type ReceiptLog, type ReceiptMetrics } from './receipt-facts.ts';

export type RecordSmsReceipt = (receipt: SmsReceipt) => Promise<ReceiptRecorded>;

/** A receipt without its time: the runtime puts it on. */
export type ReceiptEvent = Omit<Receipt, 'at'>;

export type RecordSmsReceiptParts = {
  /** Gives the event to the notification; resolves when the step is durable. */
  send(id: string, event: ReceiptEvent): Promise<Sent>;
  /** Fragments to bill for a text that has none billed yet; 0 for any other. */
  fragmentCount(id: string): Promise<number>;
  /** Milliseconds since the epoch. */
  now(): number;
  log: ReceiptLog;
  metrics: ReceiptMetrics;
};

/** MMG's status and substatus for a message id that it has seen before (workflows 1.2). */
const DUPLICATE_ID = { status: '5', code: '23' } as const;

/**
 * Applies a text provider's receipt to its notification, the steps of workflows 1.3. Durable when it resolves, and safe
 * to repeat: a notification that has ended ignores it. Rejects when the store cannot be reached.
 */
export function recordSmsReceipt(parts: RecordSmsReceiptParts): RecordSmsReceipt {
  const { log } = parts;
  return async (receipt) => {
    const { provider, reference, status, providerStatus } = receipt;
    const id = parseUuid(reference);
    if (id === null) {
      log.error({ provider_name: provider }, `${CLIENT_NAMES[provider]} callback with invalid reference ${reference}`);
      return { outcome: 'ignored' };
    }
    const facts = { notification_id: id, provider_name: provider };
    log.info(facts, receivedLine(receipt));
    if (!receipt.mapped) {
      log.error(facts, `${CLIENT_NAMES[provider]} callback failed: status ${providerStatus} not found.`);
    }
    const codeStatus = firetextCode(receipt, log);
    const fragments = await parts.fragmentCount(id);
    const sent = await parts.send(id, receiptEvent(receipt, codeStatus, fragments));
    switch (sent.outcome) {
      case 'accepted':
        parts.metrics.receiptRecorded(provider, status);
        if (codeStatus !== undefined && statusOf(sent.to) === codeStatus) {
          log.info(facts, `Updating notification id ${id} to status ${codeStatus}, reason: ${receipt.reason}`);
        }
        return { outcome: 'recorded' };
      case 'unknown':
        log.warn(facts, `notification not found for id ${id} (update to status ${status})`);
        return { outcome: 'ignored' };
      case 'refused':
        announceRefusal(parts, id, receipt, sent.state, sent.context as NotificationContext);
        return { outcome: 'ignored' };
    }
  };
}

/** A receipt that is not believed is dropped silently; one for a notification that has ended is a duplicate. */
function announceRefusal(
  { log, now }: RecordSmsReceiptParts,
  id: string,
  { provider, status }: SmsReceipt,
  state: string,
  context: NotificationContext,
): void {
  if (!context.receiptsBelieved) return;
  log.info({ notification_id: id, provider_name: provider }, duplicateLine(id, status, state, context, now()));
}

function receiptEvent(receipt: SmsReceipt, codeStatus: ReceiptEvent['codeStatus'], fragments: number): ReceiptEvent {
  const { provider, status, providerStatus, detailedCode } = receipt;
  const isDuplicateId =
    provider === 'mmg' && providerStatus === DUPLICATE_ID.status && detailedCode === DUPLICATE_ID.code;
  return {
    type: status === 'technical-failure' ? 'receipt.unmapped' : `receipt.${status}`,
    provider,
    ...(codeStatus === undefined ? {} : { codeStatus }),
    ...(isDuplicateId ? { isDuplicateId } : {}),
    ...(fragments === 0 ? {} : { billableUnits: fragments }),
  };
}

/** What Firetext's detailed code makes of a permanent failure (workflows 1.3 step 8). */
function firetextCode({ provider, status, detailedCode }: SmsReceipt, log: ReceiptLog): ReceiptEvent['codeStatus'] {
  if (provider !== 'firetext' || status !== 'permanent-failure' || detailedCode === null) return undefined;
  const codeStatus = firetextCodeStatus(detailedCode);
  if (codeStatus === undefined) {
    log.warn({ provider_name: provider }, `Failure code ${detailedCode} from Firetext not recognised`);
  }
  return codeStatus;
}

function receivedLine({ provider, status, providerStatus, reason, detailedCode, reference }: SmsReceipt): string {
  const outcome = `${CLIENT_NAMES[provider]} callback returned status of ${status}(${providerStatus})`;
  return `${outcome}: ${reason ?? 'None'}(${detailedCode ?? 'None'}) for reference: ${reference}`;
}
