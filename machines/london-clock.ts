const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const REMEMBERED_DAYS = 64;

const londonParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** London's offset from UTC at the start of a UTC day, by day number. */
const offsets = new Map<number, number>();

function londonOffsetMs(instant: number): number {
  const parts = Object.fromEntries(londonParts.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}

/**
 * The instant of `hour:minute` London time on the London date that is `date` days after 1 January 1970. For times
 * before 01:00, when the clocks never change.
 */
function earlyMorning(date: number, hour: number, minute: number): number {
  const guess = date * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
  let offset = offsets.get(date);
  if (offset === undefined) {
    offset = londonOffsetMs(date * DAY_MS);
    if (offsets.size >= REMEMBERED_DAYS) offsets.clear();
    offsets.set(date, offset);
  }
  return guess - offset;
}

/**
 * The first nightly time-out run (00:05 London) after `instant`. All in milliseconds since the epoch.
 * Source: workflows 4.1 and 4.4.
 */
export function nextTimeoutRun(instant: number): number {
  const date = Math.floor((instant + HOUR_MS) / DAY_MS);
  for (const candidate of [date - 1, date, date + 1]) {
    const run = earlyMorning(candidate, 0, 5);
    if (run > instant) return run;
  }
  return earlyMorning(date + 2, 0, 5);
}
