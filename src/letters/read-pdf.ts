import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { mm } from './letter-page.ts';

/** A word as it stands on a page. Millimetres from the left and the top edge of the page as it is read. */
export type Word = { text: string; left: number; right: number; top: number; bottom: number };

/** Millimetres, before rotation; `rotation` is in degrees, 0 to 270. */
export type PdfPage = { width: number; height: number; rotation: number; words: Word[] };

/** What a PDF holds, as far as it is of interest. */
export type PdfContent = { pageCount: number; pages: PdfPage[] };

const POINTS_A_MM = mm(1);
const ERRORS_ONLY = 0;
const WORD = /\S+/g;

/**
 * Reads a PDF. The pages of one with more than `maxPages` are not read.
 *
 * @throws what is no PDF, damaged, or wants a password
 */
export async function readPdf(content: Uint8Array, maxPages: number): Promise<PdfContent> {
  // Large, and only few processes read PDFs.
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loading = getDocument({
    data: Uint8Array.from(content),
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: ERRORS_ONLY,
  });
  try {
    const document = await loading.promise;
    const pageCount = document.numPages;
    return { pageCount, pages: pageCount > maxPages ? [] : await readPages(document) };
  } finally {
    await loading.destroy();
  }
}

async function readPages(document: PDFDocumentProxy): Promise<PdfPage[]> {
  const pages: PdfPage[] = [];
  for (let number = 1; number <= document.numPages; number++)
    pages.push(await readPage(await document.getPage(number)));
  return pages;
}

async function readPage(page: PDFPageProxy): Promise<PdfPage> {
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const unit = page.userUnit / POINTS_A_MM;
  const viewport = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const words = items.flatMap((item) => {
    if (!('str' in item)) return [];
    const [x = 0, y = 0] = viewport.convertToViewportPoint(item.transform[4], item.transform[5]);
    return wordsOf(item.str, { left: x, width: item.width, bottom: y, height: item.height });
  });
  page.cleanup();
  return {
    width: Math.abs(right - left) * unit,
    height: Math.abs(top - bottom) * unit,
    rotation: page.rotate,
    words,
  };
}

type Box = { left: number; width: number; bottom: number; height: number };

/** The words of a run of text; each is taken to be as wide as its share of the characters. */
function wordsOf(text: string, { left, width, bottom, height }: Box): Word[] {
  const perCharacter = width / Math.max(1, text.length);
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    text: word,
    left: (left + index * perCharacter) / POINTS_A_MM,
    right: (left + (index + word.length) * perCharacter) / POINTS_A_MM,
    top: (bottom - height) / POINTS_A_MM,
    bottom: bottom / POINTS_A_MM,
  }));
}
