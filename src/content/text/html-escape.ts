import { decodeHtmlReference } from './html-references.ts';

const KEPT = '&(?:nbsp|amp);';
/** A kept reference does not end the name of another one. */
const REFERENCE = `&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);|(?:[^\\t\\n\\f <&#;]|${KEPT}){1,32};)`;
const ESCAPABLE = new RegExp(`${KEPT}|${REFERENCE}|[&<>]`, 'gu');
const KEPT_INSIDE = new RegExp(`(?<=.)${KEPT}`, 's');
const SPECIAL = /[&<>]/g;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes `&`, `<` and `>` and decodes nothing first. */
export function escapeMarkup(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}

/**
 * The HTML escaping of content 1.6. References that an author wrote (`&copy;`) become their character first, except
 * `&nbsp;` and `&amp;`, which stay; quotes are not escaped.
 */
export function escapeHtml(text: string): string {
  return text.replace(ESCAPABLE, (found) => {
    if (found === '&nbsp;' || found === '&amp;') return found;
    const kept = found.search(KEPT_INSIDE);
    const reference = kept === -1 ? found : found.slice(0, kept);
    const rest = found.slice(reference.length).replaceAll('>', '&gt;');
    return escapeMarkup(reference.length > 1 ? decodeHtmlReference(reference) : reference) + rest;
  });
}
