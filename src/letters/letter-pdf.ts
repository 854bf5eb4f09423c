import PDFDocument from 'pdfkit';
import { letterBlocks } from './letter-blocks.ts';
import { LETTER_FONTS } from './letter-fonts.ts';
import { drawBlocks, drawHeading } from './letter-layout.ts';
import { BLACK, limited, MAX_CHARACTERS, mm, type Page } from './letter-page.ts';
import { breakLongWords } from './long-words.ts';

/** A letter as it is printed. The HTML is that of `src/content/letter.ts`. */
export type PrintedLetter = {
  addressLines: readonly string[];
  /** The sender's address as HTML with `<br>`; empty for none. */
  contactBlock: string;
  /** As it is printed: `4 May 2026`. */
  date: string;
  heading: string;
  body: string;
  /** When the letter was accepted; the file says that it was made then. */
  createdAt: Date;
};

export type MadePdf = { content: Uint8Array; pages: number };

/** Source: content 4.6; letters-broadcasts 4.3 for the address window. Sizes in points: size and line height. */
const ADDRESS = { left: mm(24.6), top: mm(40.2), width: mm(85), size: 8, lineHeight: 8.5 };
const CONTACT = { left: mm(125), top: mm(39.5), width: mm(70), height: 132, size: 10, lineHeight: 12 };
const BODY_TOP = mm(104);
const MARGINS = { top: mm(15), bottom: mm(15), left: mm(15), right: mm(57.5) };
const TAG = { at: mm(1.8), size: 6 };
const FOOTER = { top: mm(284.5), left: mm(95), width: mm(100), size: 10 };
/** CMYK: nothing but paper. */
const WHITE: [number, number, number, number] = [0, 0, 0, 0];

/**
 * Makes the PDF of a templated letter: A4, black only, fonts embedded, the printer's tag on the first page. What is far
 * over the ten pages that a letter may have is cut off: it is not printed in any case.
 */
export async function makeLetterPdf(letter: PrintedLetter): Promise<MadePdf> {
  const page = new PDFDocument({
    size: 'A4',
    margins: MARGINS,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'en-GB',
    info: { Producer: 'Notify', Creator: 'Notify', CreationDate: letter.createdAt },
  });
  const content = collected(page);
  for (const [name, file] of Object.entries(LETTER_FONTS)) page.registerFont(name, file);
  page.fillColor(BLACK);
  drawFirstPage(page, letter);
  const pages = numberPages(page);
  page.end();
  return { content: await content, pages };
}

function drawFirstPage(page: Page, { addressLines, contactBlock, date, heading, body }: PrintedLetter): void {
  drawTag(page);
  drawLines(page, addressLines.join('\n').toUpperCase(), ADDRESS);
  drawLines(page, linesOf(contactBlock), CONTACT);
  page.x = MARGINS.left;
  page.y = BODY_TOP;
  drawBlocks(page, [{ type: 'paragraph', runs: [{ text: date, isBold: false }] }]);
  drawHeading(page, linesOf(heading).slice(0, MAX_CHARACTERS));
  drawBlocks(page, limited(letterBlocks(body)));
}

/** The printer knows the first page of a letter by it. */
function drawTag(page: Page): void {
  page.font('regular', TAG.size).fillColor(WHITE);
  page.text('NOTIFY', TAG.at, TAG.at, { lineBreak: false });
  page.fillColor(BLACK);
}

type Box = { left: number; top: number; width: number; height?: number; size: number; lineHeight: number };

function drawLines(page: Page, text: string, { left, top, width, height, size, lineHeight }: Box): void {
  page.font('regular', size);
  const lineGap = lineHeight - page.currentLineHeight();
  const lines = breakLongWords(page, text.slice(0, MAX_CHARACTERS), width);
  page.text(lines, left, top, { width, lineGap, ...(height === undefined ? {} : { height }) });
}

/** The text of a little HTML, one line a line. */
function linesOf(html: string): string {
  return letterBlocks(html)
    .flatMap((block) => ('runs' in block ? [block.runs.map(({ text }) => text).join('')] : []))
    .join('\n');
}

/** @returns how many there are */
function numberPages(page: Page): number {
  const { start, count } = page.bufferedPageRange();
  for (let number = 1; number <= count; number++) {
    page.switchToPage(start + number - 1);
    // Below the margin: where text would begin a new page.
    page.page.margins.bottom = 0;
    page.font('regular', FOOTER.size).fillColor(BLACK);
    page.text(`Page ${number} of ${count}`, FOOTER.left, FOOTER.top, {
      width: FOOTER.width,
      align: 'right',
      lineBreak: false,
    });
  }
  return count;
}

function collected(page: Page): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    page.on('data', (chunk: Buffer) => chunks.push(chunk));
    page.on('end', () => resolve(Buffer.concat(chunks)));
    page.on('error', reject);
  });
}
