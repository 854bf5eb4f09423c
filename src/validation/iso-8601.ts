const ISO_8601 =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * An ISO 8601 date or time in milliseconds since the epoch, taken as UTC: an offset is dropped, not converted. Null for
 * anything else.
 */
export function parseIso8601(text: string): number | null {
  const match = ISO_8601.exec(text);
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = ''] = match;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`);
  const isRealDate = !Number.isNaN(at) && new Date(at).getUTCDate() === Number(day) && hour !== '24';
  return isRealDate ? at : null;
}
