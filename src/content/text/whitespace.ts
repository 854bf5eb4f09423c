import { ALL_WS, ASCII_WS, LINE_END, WIDE_SPACE, WS, ZERO_WIDTH } from './characters.ts';

const WS_RUN = new RegExp(`[${WS}]+`, 'g');
const LEADING_WS = new RegExp(`^[${WS}]+`);
/** The lookbehind makes only the first character of a run a starting point, so that a long run costs linear time. */
const TRAILING_WS = new RegExp(`(?<![${WS}])[${WS}]+$`);
const LEADING_ASCII_WS = new RegExp(`^[${ASCII_WS}]+`);
const TRAILING_ASCII_WS = new RegExp(`(?<![${ASCII_WS}])[${ASCII_WS}]+$`);
const LEADING_ALL_WS = new RegExp(`^[${ALL_WS}]+`);
const TRAILING_ALL_WS = new RegExp(`(?<![${ALL_WS}])[${ALL_WS}]+$`);
const EVERY_ALL_WS = new RegExp(`[${ALL_WS}]`, 'g');
const EVERY_ZERO_WIDTH = new RegExp(`[${ZERO_WIDTH}]`, 'g');
const EVERY_WIDE_SPACE = new RegExp(`[${WIDE_SPACE}]`, 'g');
const EVERY_OBSCURE = new RegExp(`[${ZERO_WIDTH}${WIDE_SPACE}]`, 'g');
const LINE_END_SEQUENCE = new RegExp(`\r\n|[${LINE_END}]`);
const NEEDS_NORMALISING = new RegExp(`[${ZERO_WIDTH}\\t-\\r\\x1c-\\x1f\\x85\\xa0\\u1680-\\u3000]|^ | $| {2}`);
const SPACES_BEFORE_PUNCTUATION = /(?<![ \t])[ \t]+(?=[,.])/g;

/** Removes WS from both ends. */
export function strip(text: string): string {
  return text.replace(LEADING_WS, '').replace(TRAILING_WS, '');
}

/** Removes WS from the start. */
export function stripStart(text: string): string {
  return text.replace(LEADING_WS, '');
}

/** Removes WS from the end. */
export function stripEnd(text: string): string {
  return text.replace(TRAILING_WS, '');
}

/** The pieces between runs of WS; none for text that is only WS. */
export function splitOnWhitespace(text: string): string[] {
  return text.split(WS_RUN).filter((word) => word !== '');
}

/** Splits at every LINE-END. One at the very end makes no extra line, and empty text has no lines. */
export function splitLines(text: string): string[] {
  const lines = text.split(LINE_END_SEQUENCE);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export function normaliseWhitespace(text: string): string {
  if (!NEEDS_NORMALISING.test(text)) return text;
  const spaced = text.replace(EVERY_WIDE_SPACE, ' ').replace(EVERY_ZERO_WIDTH, '');
  return splitOnWhitespace(spaced).join(' ');
}

/** Normalises the whitespace of each line; blank lines stay. */
export function normaliseLines(text: string): string {
  if (!NEEDS_NORMALISING.test(text)) return text;
  return splitLines(text).map(normaliseWhitespace).join('\n');
}

/** Three or more LFs in a row become two. */
export function collapseNewlines(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n');
}

/** Deletes ZERO-WIDTH and WIDE-SPACE everywhere and ASCII-WS at the ends; other WS is left alone. */
export function stripAndRemoveObscureWhitespace(text: string): string {
  return text.replace(EVERY_OBSCURE, '').replace(LEADING_ASCII_WS, '').replace(TRAILING_ASCII_WS, '');
}

/** Removes ALL-WS from both ends. */
export function stripAllWhitespace(text: string): string {
  return text.replace(LEADING_ALL_WS, '').replace(TRAILING_ALL_WS, '');
}

export function removeAllWhitespace(text: string): string {
  return text.replace(EVERY_ALL_WS, '');
}

/** Deletes spaces and tabs, and nothing else, directly before a comma or full stop. */
export function removeWhitespaceBeforePunctuation(text: string): string {
  return text.replace(SPACES_BEFORE_PUNCTUATION, '');
}

/** Strips, then turns each LF and each CR into `<br>`: CRLF gives two. */
export function newlinesToBr(text: string): string {
  return strip(text).replace(/[\n\r]/g, '<br>');
}

/** Deletes two characters that some mail clients cannot show. */
export function stripUnsupportedCharacters(text: string): string {
  return text.replace(/[\u2028\u3164]/g, '');
}
