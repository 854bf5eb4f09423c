const HOUR_MS = 3_600_000;

const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeZoneName: 'longOffset' });
const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2}))?$/;

/**
 * A time on the clocks of London, as a `Date` whose UTC fields show it: day, hour, minute as people there read them.
 * Only arithmetic on those fields makes sense; it is no instant.
 */
export type LondonTime = Date;

function offsetMs(instant: Date): number {
  const [, sign, hours = '0', minutes = '0'] = OFFSET.exec(LONDON.format(instant)) ?? [];
  const offset = Number(hours) * HOUR_MS + Number(minutes) * 60_000;
  return sign === '-' ? -offset : offset;
}

/** What London's clocks show at an instant. */
export function toLondonTime(instant: Date): LondonTime {
  return new Date(instant.getTime() + offsetMs(instant));
}

/**
 * The instant at which London's clocks show a time. A time that the spring change leaves out counts as winter time, one
 * that autumn repeats as summer time (content 8.2).
 */
export function fromLondonTime(time: LondonTime): Date {
  const summer = new Date(time.getTime() - HOUR_MS);
  return offsetMs(summer) === HOUR_MS ? summer : new Date(time);
}

/** The calendar date, `2026-05-04`. */
export function isoDate(time: LondonTime): string {
  return time.toISOString().slice(0, 10);
}
