/**
 * Character classes of content 0.1, as the inside of a regular-expression class. They differ from JavaScript's
 * shorthands: `\s`, `\w`, `\b` and `trim()` must not be used where one of these is meant. Expressions made from
 * `WORD` need the `u` flag.
 */
export const WS = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
export const ASCII_WS = ' \\t\\n\\r\\x0b\\x0c';
export const ZERO_WIDTH = '\\u180e\\u200b-\\u200d\\u2060\\ufeff\\u2028\\u2029';
export const WIDE_SPACE = '\\xa0\\u202f';
export const ALL_WS = ASCII_WS + ZERO_WIDTH + WIDE_SPACE;
/** The single characters that end a line; CRLF ends one line too. */
export const LINE_END = '\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029';
export const WORD = '\\p{L}\\p{N}_';

/** What Python takes for an ASCII letter when case does not count: also İ, ı, the long s and the kelvin sign. */
export const LETTER_OF_ANY_CASE = 'A-Za-z\\u0130\\u0131\\u017f\\u212a';

/** A boundary of WORD: JavaScript's `\b` knows only ASCII. */
export const WORD_BOUNDARY = `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`;

const DIGIT = /\p{Nd}/u;

/** Unicode keeps the ten digits of a script together, so the digits before one, within ten, are its value. */
function digitValue(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let first = codePoint;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((codePoint - first) % 10);
}

/** Digits of any script as ASCII ones. */
export function asciiDigits(digits: string): string {
  return Array.from(digits, digitValue).join('');
}
