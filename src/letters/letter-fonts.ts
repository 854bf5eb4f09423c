import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/**
 * Font files that are embedded in letters. Liberation Sans has Arial's widths, and letters for all of Europe's
 * languages; what it lacks is printed as an empty box.
 */
export const LETTER_FONTS = {
  regular: resolve('pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf'),
  bold: resolve('pdfjs-dist/standard_fonts/LiberationSans-Bold.ttf'),
} as const;
