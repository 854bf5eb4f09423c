import type { LetterBlock, Run } from './letter-blocks.ts';

/** The document that is drawn on, with its pen on the current page. */
export type Page = PDFKit.PDFDocument;

const POINTS_A_MM = 72 / 25.4;

/** Points. */
export function mm(millimetres: number): number {
  return millimetres * POINTS_A_MM;
}

/** CMYK, in percent: nothing but black ink. */
export const BLACK: [number, number, number, number] = [0, 0, 0, 100];

/** More than ten pages hold of the narrowest letters. A line break takes the place of a line's characters. */
export const MAX_CHARACTERS = 100_000;
const CHARACTERS_A_LINE = 80;

/** As much of a body as is worth laying out: what is longer has far more pages than a letter may have. */
export function limited(blocks: readonly LetterBlock[]): LetterBlock[] {
  const kept: LetterBlock[] = [];
  let left = MAX_CHARACTERS;
  for (const block of blocks) {
    if (left <= 0) break;
    left -= CHARACTERS_A_LINE;
    if (!('runs' in block)) kept.push(block);
    else {
      const runs: Run[] = [];
      for (const run of block.runs) {
        if (left <= 0) break;
        const text = run.text.slice(0, left);
        runs.push({ ...run, text });
        left -= text.length + CHARACTERS_A_LINE * (text.split('\n').length - 1);
      }
      kept.push({ ...block, runs });
    }
  }
  return kept;
}
