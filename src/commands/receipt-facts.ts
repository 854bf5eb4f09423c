import type { NotificationContext } from '../../machines/notification.types.ts';

export type ReceiptLog = {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

/** Counts accepted receipts, `callback.{provider}.{status}` (workflows 8.2). */
export type ReceiptMetrics = { receiptRecorded(provider: string, status: string): void };

const SECOND_MS = 1000;

/** What is said of a receipt for a notification that takes none any more (workflows 1.3). Times in milliseconds. */
export function duplicateLine(
  id: string,
  newStatus: string,
  state: string,
  { serviceId, notificationType, sentBy, updatedAt, createdAt }: NotificationContext,
  now: number,
): string {
  const [status] = state.split('.');
  const seconds = (now - (updatedAt ?? createdAt)) / SECOND_MS;
  return (
    `Duplicate callback received for service ${serviceId}. Notification ID ${id} with type ${notificationType} sent by ` +
    `${sentBy}. New status was ${newStatus}, current status is ${status}. ` +
    `This happened ${seconds} seconds after being first set.`
  );
}
