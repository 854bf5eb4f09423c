const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const SHORT_ID = /^[A-Za-z0-9_-]{22}$/;

/** A UUID as 22 characters for URLs: base64url without padding. Null when it is no UUID. */
export function uuidToShortId(uuid: string): string | null {
  return UUID.test(uuid) ? Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url') : null;
}

/** The UUID, in lower case, of its short form; null when it is none. */
export function shortIdToUuid(shortId: string): string | null {
  if (!SHORT_ID.test(shortId)) return null;
  const hex = Buffer.from(shortId, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
