import type { PostalAddress } from './postal-address.ts';
import { pythonText } from './python-text.ts';
import { type Values, valuesByKey } from './values.ts';

const FIRST_LINES = [1, 2, 3, 4, 5, 6].map((number) => `address_line_${number}`);
const LAST_LINE = 'address_line_7';
const LAST_LINE_KEY = 'addressline7';

/** The keys under which an address is stored as personalisation. */
export type AddressValues = Record<string, string>;

/** Lists are no sentences here. What holds nothing gives an empty line: `0`, `false`, `[]`, `{}`. */
function lineText(value: unknown): string {
  const isEmpty = !value || (typeof value === 'object' && Object.keys(value).length === 0);
  return isEmpty ? '' : pythonText(value);
}

/**
 * The address in a letter's personalisation, one line each: lines 1 to 6, then line 7 if that key is there, with or
 * without a value, otherwise the postcode (content 5.4).
 */
export function rawAddress(values: Values): string {
  const byKey = valuesByKey(values);
  const hasLastLine = valuesByKey(Object.fromEntries(Object.keys(values).map((key) => [key, true]))).has(LAST_LINE_KEY);
  const keys = [...FIRST_LINES.map((line) => line.replaceAll('_', '')), hasLastLine ? LAST_LINE_KEY : 'postcode'];
  return keys.map((key) => lineText(byKey.get(key))).join('\n');
}

/** A parsed address turned back into personalisation; unused lines are empty. */
export function addressValues({ normalisedLines, postcode, bfpoNumber }: PostalAddress): AddressValues {
  const isBfpo = bfpoNumber !== null;
  const hasBoth = isBfpo && postcode !== null;
  const last = normalisedLines.at(-1) ?? '';
  const lines = normalisedLines.slice(0, hasBoth ? -2 : -1);
  const first = Object.fromEntries(FIRST_LINES.map((key, index) => [key, lines[index] ?? '']));
  return {
    ...first,
    ...(hasBoth && { address_line_6: postcode }),
    postcode: isBfpo ? (postcode ?? '') : last,
    [LAST_LINE]: last,
  };
}
