import { decodeHtmlReference } from './html-references.ts';

const ESCAPABLE = /&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);|[^\t\n\f <&#;]{1,32};)?|[<>]/g;
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
    return escapeMarkup(found.length > 1 ? decodeHtmlReference(found) : found);
  });
}
