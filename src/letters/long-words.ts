import type { Page } from './letter-page.ts';

/** Characters. A longer word is far wider than any line; a shorter one is left to pdfkit, which breaks it better. */
const LONG_WORD = /\S{200,}/gu;

/**
 * Puts long words on lines of their own and breaks them where these end, in the page's present font. pdfkit would do
 * it, too, but measures and keeps each beginning of such a word: time and memory grow with the square of its length.
 * `width` is in points.
 */
export function breakLongWords(page: Page, text: string, width: number): string {
  return text.replaceAll(LONG_WORD, (word, at: number) => {
    const isOnNewLine = at === 0 || text[at - 1] === '\n';
    return (isOnNewLine ? '' : '\n') + brokenWord(page, word, width);
  });
}

function brokenWord(page: Page, word: string, width: number): string {
  const widths = new Map<string, number>();
  let broken = '';
  let used = 0;
  for (const character of word) {
    const own = widths.get(character) ?? page.widthOfString(character);
    widths.set(character, own);
    if (used + own > width && used > 0) {
      broken += '\n';
      used = 0;
    }
    broken += character;
    used += own;
  }
  return broken;
}
