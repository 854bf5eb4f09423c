const DAY_MS = 86_400_000;

/** The UTC day that an instant is in, counted from the epoch. */
export function dayOf(now: number): number {
  return Math.floor(now / DAY_MS);
}

/** Milliseconds since the epoch at which a day begins. */
export function startOfDay(day: number): number {
  return day * DAY_MS;
}

/** `YYYY-MM-DD`. */
export function dateOf(day: number): string {
  return new Date(startOfDay(day)).toISOString().slice(0, 10);
}
