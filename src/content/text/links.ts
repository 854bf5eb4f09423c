import { WORD, WORD_BOUNDARY, WS } from './characters.ts';

/** Far more than a label can have; bounds the time that text without full stops takes. */
const MAX_LABEL_LENGTH = 500;
const URL_PATTERN = new RegExp(
  `(?<![@.])${WORD_BOUNDARY}(?:https?://)?(?:[${WORD}-]{1,${MAX_LABEL_LENGTH}}\\.)+[a-z]{2,63}(?!@)${WORD_BOUNDARY}(?:[/?#][^${WS}<]*)?`,
  'giu',
);
const KNOWN_SCHEME = /^(?:ftp|file|https?|mailto|tel):/i;
const NOT_IN_ADDRESS = /[^A-Za-z0-9_.\-~:/?#=&;%]+/g;
const ALWAYS_TRAILING = new Set(['.', ',', ':']);
const OPENING_BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

function percentEncode(text: string): string {
  return Buffer.from(text).toString('hex').toUpperCase().replace(/../g, '%$&');
}

/** The address of a link: `http://` in front unless it has a known scheme, and percent-encoded (content 3.4). */
export function linkAddress(url: string): string {
  const absolute = KNOWN_SCHEME.test(url) ? url : `http://${url}`;
  return absolute.replace(NOT_IN_ADDRESS, percentEncode);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function belongsOutside(match: string): boolean {
  const last = match.slice(-1);
  const opening = OPENING_BRACKETS[last];
  if (opening === undefined) return ALWAYS_TRAILING.has(last);
  return count(match, opening) < count(match, last);
}

function link(match: string, classes: string): string {
  let url = match;
  while (belongsOutside(url)) url = url.slice(0, -1);
  const attributes = classes === '' ? '' : ` class="${classes}"`;
  return `<a${attributes} href="${linkAddress(url)}">${url}</a>${match.slice(url.length)}`;
}

/** Makes links of what looks like web addresses in HTML text (content 2.9). */
export function autolink(html: string, classes = ''): string {
  return html.replace(URL_PATTERN, (match) => link(match, classes));
}

/** Replaces what looks like web addresses in text. */
export function replaceUrls(text: string, replacement: (url: string) => string): string {
  return text.replace(URL_PATTERN, replacement);
}
