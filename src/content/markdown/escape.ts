import { WORD, WS } from '../text/characters.ts';

const LONE_AMPERSAND = new RegExp(`&(?!#?[${WORD}]+;)`, 'gu');
const WS_RUN = new RegExp(`[${WS}]+`, 'g');

/** Escapes markup characters, but not an ampersand that starts a character reference. */
export function escapeText(text: string): string {
  return text.replace(LONE_AMPERSAND, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The form in which the keys of link and footnote definitions are compared. */
export function definitionKey(key: string): string {
  return escapeText(key.toLowerCase()).replaceAll('"', '&quot;').replaceAll("'", '&#39;').replace(WS_RUN, ' ');
}
