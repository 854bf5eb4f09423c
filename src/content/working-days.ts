import bankHolidays from './data/bank-holidays.json' with { type: 'json' };

/** Kinds of working day: printing, delivery of first class letters, delivery of all others. */
export type WorkingDay = 'printing' | 'first-class-delivery' | 'other-delivery';

/** England and Wales, 2018 to 2027. Nothing outside is a holiday. */
const BANK_HOLIDAYS: ReadonlySet<string> = new Set(bankHolidays);

const DAY_MS = 86_400_000;
const SUNDAY = 0;
const SATURDAY = 6;

/** Whether a calendar date (`2026-05-04`) is a working day (content 8.3). */
export function isWorkingDay(date: string, kind: WorkingDay): boolean {
  const weekday = new Date(date).getUTCDay();
  if (weekday === SUNDAY || BANK_HOLIDAYS.has(date)) return false;
  return weekday !== SATURDAY || kind === 'first-class-delivery';
}

/** The date that many working days later, or earlier for a negative number. `days` must not be 0. */
export function addWorkingDays(date: string, days: number, kind: WorkingDay): string {
  if (days === 0) throw new RangeError('days argument must not be 0');
  const step = Math.sign(days) * DAY_MS;
  let time = Date.parse(date);
  for (let left = Math.abs(days); left > 0; ) {
    time += step;
    if (isWorkingDay(new Date(time).toISOString().slice(0, 10), kind)) left -= 1;
  }
  return new Date(time).toISOString().slice(0, 10);
}
