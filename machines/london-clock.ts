const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const REMEMBERED = 64;

const londonParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** London's offset from UTC, by instant. */
const offsets = new Map<number, number>();

function londonOffsetMs(instant: number): number {
  const parts = Object.fromEntries(londonParts.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}

function rememberedOffsetMs(instant: number): number {
  let offset = offsets.get(instant);
  if (offset === undefined) {
    offset = londonOffsetMs(instant);
    if (offsets.size >= REMEMBERED) offsets.clear();
    offsets.set(instant, offset);
  }
  return offset;
}

/**
 * The instant of `hour:minute` London time on the London date that is `date` days after 1 January 1970. For times
 * before 01:00, when the clocks never change.
 */
function earlyMorning(date: number, hour: number, minute: number): number {
  return date * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS - rememberedOffsetMs(date * DAY_MS);
}

/** As `earlyMorning`, for times from 03:00 on. */
function laterInTheDay(date: number, hour: number, minute: number): number {
  return date * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS - rememberedOffsetMs(date * DAY_MS + DAY_MS / 2);
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

/**
 * The print run that takes a letter: 17:50 in London, after `now`, on a day at whose 17:30 the letter had been created.
 * Source: letters-broadcasts 6.1.
 */
export function nextPrintRun(createdAt: number, now: number): number {
  for (let date = Math.floor(now / DAY_MS) - 1; ; date++) {
    const run = laterInTheDay(date, 17, 50);
    if (run > now && createdAt < laterInTheDay(date, 17, 30)) return run;
  }
}

/** The first 20:00 in London after `instant`. */
export function nextEvening(instant: number): number {
  for (let date = Math.floor(instant / DAY_MS) - 1; ; date++) {
    const evening = laterInTheDay(date, 20, 0);
    if (evening > instant) return evening;
  }
}

/** The first of the moments every `stepMs` after `instant`; steps that divide an hour fall on full hours. */
export function nextStep(instant: number, stepMs: number): number {
  return (Math.floor(instant / stepMs) + 1) * stepMs;
}
