import { LETTER_OF_ANY_CASE, WORD, WORD_BOUNDARY, WS } from './characters.ts';

/** Far more than a label can have; bounds the time that text without full stops takes. */
const MAX_LABEL_LENGTH = 500;
const SCHEME = '[hH][tT]{2}[pP][sS\\u017f]?://';
/**
 * A web address up to and including the last full stop that may belong to it. Not with the `i` flag, under which WORD
 * has a combining mark more.
 */
const LABELS = new RegExp(`(?<![@.])${WORD_BOUNDARY}(?:${SCHEME})?(?:[${WORD}-]{1,${MAX_LABEL_LENGTH}}\\.)+`, 'gu');
/** The rest of it, after a full stop. */
const LAST_LABEL = new RegExp(`[${LETTER_OF_ANY_CASE}]{2,63}(?!@)${WORD_BOUNDARY}(?:[/?#][^${WS}<]*)?`, 'uy');
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

/** How much of a match is the address: full stops and such at its end are not, nor brackets that it does not open. */
function addressLength(match: string): number {
  const counts = new Map(['(', ')', '[', ']'].map((bracket) => [bracket, count(match, bracket)]));
  const countOf = (bracket: string) => counts.get(bracket) ?? 0;
  let length = match.length;
  for (; length > 0; length -= 1) {
    const last = match.charAt(length - 1);
    const opening = OPENING_BRACKETS[last];
    const isOutside = opening === undefined ? ALWAYS_TRAILING.has(last) : countOf(opening) < countOf(last);
    if (!isOutside) return length;
    counts.set(last, countOf(last) - 1);
  }
  return length;
}

function link(match: string, classes: string): string {
  const url = match.slice(0, addressLength(match));
  const attributes = classes === '' ? '' : ` class="${classes}"`;
  return `<a${attributes} href="${linkAddress(url)}">${url}</a>${match.slice(url.length)}`;
}

/** Where the address ends that starts with these labels; null when none of their full stops has a last label after it. */
function addressEnd(text: string, labels: string, start: number): number | null {
  for (let stop = labels.length - 1; stop > 0; stop = labels.lastIndexOf('.', stop - 1)) {
    LAST_LABEL.lastIndex = start + stop + 1;
    if (LAST_LABEL.test(text)) return LAST_LABEL.lastIndex;
  }
  return null;
}

/** Replaces what looks like web addresses in text. Labels without an end are passed over as a whole. */
export function replaceUrls(text: string, replacement: (url: string) => string): string {
  let output = '';
  let end = 0;
  LABELS.lastIndex = 0;
  for (let labels = LABELS.exec(text); labels !== null; labels = LABELS.exec(text)) {
    const urlEnd = addressEnd(text, labels[0], labels.index);
    if (urlEnd === null) continue;
    output += text.slice(end, labels.index) + replacement(text.slice(labels.index, urlEnd));
    end = urlEnd;
    LABELS.lastIndex = urlEnd;
  }
  return output + text.slice(end);
}

/** Makes links of what looks like web addresses in HTML text (content 2.9). */
export function autolink(html: string, classes = ''): string {
  return replaceUrls(html, (match) => link(match, classes));
}
