/**
 * The spellings of times in the internal API (internal-api 2.1); which field has which is said there. Times are in
 * milliseconds since the epoch, so three of the six fractional digits are always zero.
 */

/** D1: offset, and no fraction where it is zero. */
export function offsetTime(at: number): string {
  const text = new Date(at).toISOString();
  return at % 1000 === 0 ? `${text.slice(0, -5)}+00:00` : `${text.slice(0, -1)}000+00:00`;
}

/** D3: a space, six digits, no zone. */
export function spacedTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, -1).replace('T', ' ')}000`;
}

/** D4: as in HTTP headers. */
export function httpTime(at: number): string {
  return new Date(at).toUTCString();
}

/** D7: as D1, without a zone. */
export function isoTime(at: number): string {
  return offsetTime(at).slice(0, -'+00:00'.length);
}

/** A spelling for a time that may be missing. */
export function orNull(spell: (at: number) => string): (at: number | null) => string | null {
  return (at) => (at === null ? null : spell(at));
}
