import { normaliseKey } from './keys.ts';
import { replaceUrls } from './text/links.ts';
import type { Values } from './values.ts';

/** No scheme, path or query: this may be two sentences without a space between. */
const MAY_BE_ACCIDENT = /^[A-Za-z0-9.-]+$/;
const MARKDOWN_CHARACTER = /[`*_()\\{}[\]<>#+\-.!|]/g;

/** The values to be changed before sending, and what a response says of those that were. */
export type SanitisedPersonalisation = {
  values: Values;
  changes: Record<string, { unsanitised: string; sanitised: string }>;
};

/** Takes links and markdown out of a value that its author did not write (content 3.10). */
export function sanitiseValue(text: string): string {
  return replaceUrls(text, (url) => (MAY_BE_ACCIDENT.test(url) ? url.replaceAll('.', '. ') : '')).replace(
    MARKDOWN_CHARACTER,
    '\\$&',
  );
}

/** Sanitises the listed keys, whatever their spelling. What is not text stays as it is. */
export function sanitisePersonalisation(values: Values, keys: readonly string[]): SanitisedPersonalisation {
  const listed = new Set(keys.map(normaliseKey));
  const sanitised: [string, unknown][] = [];
  const changes: [string, { unsanitised: string; sanitised: string }][] = [];
  for (const [key, value] of Object.entries(values)) {
    const safe = typeof value === 'string' && listed.has(normaliseKey(key)) ? sanitiseValue(value) : value;
    sanitised.push([key, safe]);
    if (typeof value === 'string' && typeof safe === 'string' && safe !== value) {
      changes.push([key, { unsanitised: value, sanitised: safe }]);
    }
  }
  return { values: Object.fromEntries(sanitised), changes: Object.fromEntries(changes) };
}
