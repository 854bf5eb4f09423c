import { type AdminRefused, plainRefusal } from '../../admin-refusal.ts';
import { canCancelLetter, isTooLateToCancel } from '../../content/letter-timings.ts';
import { type LondonTime, toLondonTime } from '../../content/london-time.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { AdminNotificationView } from '../../messages/admin-notifications.ts';
import { getNotification, type NotificationReadParts } from '../../queries/admin/notifications.ts';

export type CancelParts = NotificationReadParts & {
  /** Resolves when the step is durable; false for a letter that is past being cancelled. */
  cancelLetter(id: string): Promise<boolean>;
  /** Milliseconds since the epoch. */
  now(): number;
};

/** From 17:30 to midnight; so much later, a letter's print day is its date. */
const EVENING_MS = 6.5 * 3_600_000;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });

/** Stops a letter that is not yet being printed (internal-api 6.15). */
export function cancelLetter(parts: CancelParts): AdminAction<'serviceNotifications.cancel'> {
  const get = getNotification(parts);
  return async (asked) => {
    const found = await get(asked);
    if (found.outcome === 'refused') return plainRefusal(404, 'Notification not found');
    const refusal = cancelRefusal(found.value, parts.now());
    if (refusal !== null) return refusal;
    const isCancelled = await parts.cancelLetter(asked.id);
    const letter = await get(asked);
    return isCancelled || letter.outcome === 'refused' ? letter : notCancelled(letter.value);
  };
}

function cancelRefusal(letter: AdminNotificationView, now: number): AdminRefused | null {
  if (letter.notification_type !== 'letter') {
    return plainRefusal(400, 'Notification cannot be cancelled - only letters can be cancelled');
  }
  const createdAt = new Date(letter.created_at);
  if (canCancelLetter(letter.status, createdAt, new Date(now))) return null;
  if (!isTooLateToCancel(createdAt, new Date(now))) return notCancelled(letter);
  const day = printDay(toLondonTime(createdAt), toLondonTime(new Date(now)));
  return plainRefusal(400, `It’s too late to cancel this letter. Printing started ${day} at 5.30pm`);
}

function notCancelled({ status, created_at }: AdminNotificationView): AdminRefused {
  if (status === 'cancelled') return plainRefusal(400, 'This letter has already been cancelled.');
  const createdAt = new Date(created_at).toISOString().slice(0, -1).replace('T', ' ');
  return plainRefusal(400, `We could not cancel this letter. Letter status: ${status}, created_at: ${createdAt}000`);
}

function printDay(createdAt: LondonTime, now: LondonTime): string {
  const day = new Date(createdAt.getTime() + EVENING_MS);
  return DAY.format(day) === DAY.format(now) ? 'today' : `on ${DAY.format(day)}`;
}
