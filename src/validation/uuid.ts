const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/i;

/**
 * A UUID in canonical lower-case form, from any spelling that the API takes: any letter case, without hyphens, in
 * braces, with `urn:uuid:` (public-api 2.0). Null for anything else, surrounding white space included.
 */
export function parseUuid(text: string): string | null {
  if (CANONICAL.test(text)) return text;
  const digits = text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+/, '')
    .replace(/[{}]+$/, '')
    .replaceAll('-', '');
  if (!HEX.test(digits)) return null;
  const hex = digits.toLowerCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
