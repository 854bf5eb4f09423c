import { fromLondonTime, isoDate, type LondonTime, toLondonTime } from './london-time.ts';
import { addWorkingDays, type WorkingDay } from './working-days.ts';

export type Postage = 'first' | 'second' | 'economy' | 'europe' | 'rest-of-world';

/** When a letter is printed and delivered. They are London's 15:00 and 16:00, with the seconds of the upload. */
export type LetterTimings = { printedBy: Date; earliestDelivery: Date; latestDelivery: Date };

const MINUTE_MS = 60_000;
/** From 17:30 an upload counts for the next day: what is missing to midnight. */
const UNTIL_MIDNIGHT_MS = 390 * MINUTE_MS;
const PRINTED_HOUR = 15;
const DELIVERED_HOUR = 16;
/** 17:30, in minutes since midnight. */
const DEADLINE_MINUTES = 1050;
const DAY_MS = 86_400_000;

/** Delivery days between the day after printing and delivery: fewest and most (content 8.4). */
const TRANSIT_DAYS: Readonly<Record<Postage, readonly [min: number, max: number]>> = {
  first: [0, 0],
  second: [3, 4],
  economy: [3, 6],
  europe: [3, 5],
  'rest-of-world': [5, 7],
};

function atHour(date: string, hour: number, processedAt: LondonTime): Date {
  const time = new Date(Date.parse(date));
  time.setUTCHours(hour, 0, processedAt.getUTCSeconds(), processedAt.getUTCMilliseconds());
  return fromLondonTime(time);
}

/** When a letter uploaded at `uploadedAt` is printed and delivered. */
export function letterTimings(uploadedAt: Date, postage: Postage): LetterTimings {
  const processedAt = new Date(toLondonTime(uploadedAt).getTime() + UNTIL_MIDNIGHT_MS);
  const printDay = addWorkingDays(isoDate(processedAt), 1, 'printing');
  const kind: WorkingDay = postage === 'first' ? 'first-class-delivery' : 'other-delivery';
  const [min, max] = TRANSIT_DAYS[postage];
  const delivery = (transit: number) =>
    atHour(addWorkingDays(printDay, 1 + transit, kind), DELIVERED_HOUR, processedAt);
  return {
    printedBy: atHour(printDay, PRINTED_HOUR, processedAt),
    earliestDelivery: delivery(min),
    latestDelivery: delivery(max),
  };
}

/** Whether a letter must have been printed. */
export function isPrinted({ printedBy }: LetterTimings, now: Date): boolean {
  return now.getTime() > printedBy.getTime();
}

function minutesOf(time: LondonTime): number {
  return time.getUTCHours() * 60 + time.getUTCMinutes();
}

function dayOf(time: LondonTime): number {
  return Math.floor(time.getTime() / DAY_MS);
}

/** Whether a letter that is not yet sending has missed its day's deadline, 17:30 in London. */
export function isTooLateToCancel(createdAt: Date, now: Date): boolean {
  const created = toLondonTime(createdAt);
  const current = toLondonTime(now);
  const age = dayOf(current) - dayOf(created);
  if (age > 1) return true;
  if (age === 1) return minutesOf(created) <= DEADLINE_MINUTES || isAfterTodaysDeadline(created, current);
  return isAfterTodaysDeadline(created, current);
}

/** The deadline keeps the seconds of the current time. */
function isAfterTodaysDeadline(created: LondonTime, current: LondonTime): boolean {
  const deadline = new Date(current);
  deadline.setUTCHours(0, DEADLINE_MINUTES);
  return minutesOf(current) >= DEADLINE_MINUTES && created.getTime() <= deadline.getTime();
}

const CANCELLABLE = new Set(['created', 'pending-virus-check']);

/** Whether a letter with this status can still be cancelled. */
export function canCancelLetter(status: string, createdAt: Date, now: Date): boolean {
  return CANCELLABLE.has(status) && !isTooLateToCancel(createdAt, now);
}
