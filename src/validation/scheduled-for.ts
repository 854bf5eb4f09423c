const DAY_MS = 86_400_000;
const ISO_8601 =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

const INVALID =
  'datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601';

/**
 * What is wrong with a time to send at, or null. An offset is dropped, not converted (public-api 4.10). `now` is in
 * milliseconds since the epoch.
 */
export function scheduledForProblem(text: string, now: number): string | null {
  const at = parse(text);
  if (at === null) return INVALID;
  if (at < now) return 'datetime can not be in the past';
  return at > now + DAY_MS ? 'datetime can only be 24 hours in the future' : null;
}

function parse(text: string): number | null {
  const match = ISO_8601.exec(text);
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = ''] = match;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  const isRealDate = !Number.isNaN(at) && new Date(at).getUTCDate() === Number(day) && hour !== '24';
  return isRealDate ? at : null;
}
