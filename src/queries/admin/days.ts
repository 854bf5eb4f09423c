import { fromLondonTime, toLondonTime } from '../../content/london-time.ts';
import { leastId } from '../least-id.ts';

const DAY_MS = 86_400_000;

/** London's midnight at the beginning of a day, `days` after the one that `at` is in; all in milliseconds. */
export function londonMidnight(at: number, days: number): number {
  const clock = toLondonTime(new Date(at));
  const midnight = Math.floor(clock.getTime() / DAY_MS) * DAY_MS + days * DAY_MS;
  return fromLondonTime(new Date(midnight)).getTime();
}

/** London's midnight at the beginning of a date, or `days` later. */
export function midnightOf(date: string, days = 0): number {
  return fromLondonTime(new Date(Date.parse(date) + days * DAY_MS)).getTime();
}

/** No id made on that date, or `days` later, is less. */
export function leastIdOf(date: string, days = 0): string {
  return leastId(midnightOf(date, days));
}
