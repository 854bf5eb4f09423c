import areas from './data/postcode-areas.json' with { type: 'json' };
import { removeAllWhitespace } from './text/whitespace.ts';

/** Length of the part after the space. */
const INWARD_LENGTH = 3;
const POSTCODE = new RegExp(`^(?:${areas.join('|')})[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}$`);

/** Without whitespace and in upper case, valid or not. */
export function normalisePostcode(postcode: string): string {
  return removeAllWhitespace(postcode).toUpperCase();
}

/** A UK postcode as it is written, `SW1A 1AA`, or null when it is none (content 5.6). */
export function formatPostcode(postcode: string): string | null {
  const normalised = normalisePostcode(postcode);
  if (!POSTCODE.test(normalised)) return null;
  return `${normalised.slice(0, -INWARD_LENGTH)} ${normalised.slice(-INWARD_LENGTH)}`;
}
