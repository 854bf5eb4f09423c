import { WS } from './characters.ts';
import { smartQuotes } from './smart-quotes.ts';
import { removeWhitespaceBeforePunctuation } from './whitespace.ts';

const SPACED_DASHES = new RegExp(`(?<![${WS}])[${WS}]+[-–—]{1,3}[${WS}]+`, 'g');
const EMAIL_LIKE = new RegExp(`(?:(?<![^\\n])|[${WS}])[^${WS}]+@[^${WS}]+(?:[${WS}]|$)`, 'g');
const STANDALONE_GOVUK = new RegExp(`(?<=(?<![^${WS}])[#*^]?GOV\\.)(?=UK(?![/?#]))`, 'giu');
const ZERO_WIDTH_SPACE = '\u200b';

/** One to three hyphens or dashes between whitespace become a spaced en dash. */
export function enDashes(text: string): string {
  return text.replace(SPACED_DASHES, ' – ');
}

/** Undoes curly apostrophes in what looks like an email address. Of two with one space between, only in the first. */
export function straightenQuotesInEmailAddresses(text: string): string {
  if (!text.includes('@')) return text;
  return text.replace(EMAIL_LIKE, (address) => address.replace(/[‘’]/g, "'"));
}

/** Spacing, quotes and dashes as people print them (content 0.2). */
export function niceTypography(text: string): string {
  return enDashes(straightenQuotesInEmailAddresses(smartQuotes(removeWhitespaceBeforePunctuation(text))));
}

/** Keeps mail clients from making a link of a standalone "GOV.UK". */
export function breakGovukLink(text: string): string {
  return text.replace(STANDALONE_GOVUK, ZERO_WIDTH_SPACE);
}
