import { parseIso8601 } from './iso-8601.ts';

const DAY_MS = 86_400_000;
const INVALID =
  'datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601';

/**
 * What is wrong with a time to send at, or null. An offset is dropped, not converted (public-api 4.10). `now` is in
 * milliseconds since the epoch.
 */
export function scheduledForProblem(text: string, now: number): string | null {
  const at = parseIso8601(text);
  if (at === null) return INVALID;
  if (at < now) return 'datetime can not be in the past';
  return at > now + DAY_MS ? 'datetime can only be 24 hours in the future' : null;
}
