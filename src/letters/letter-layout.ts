import type { LetterBlock, Run } from './letter-blocks.ts';
import { BLACK, mm, type Page } from './letter-page.ts';
import { breakLongWords } from './long-words.ts';

/** Source: content 4.6. Points. */
const TEXT = { size: 12.5, lineHeight: 16 };
const HEADING = { size: 20, lineHeight: 23.4 };
const SUBHEADING = { size: 14, lineHeight: 17.4 };
const SPACE_AFTER = 12;
const SPACE_AFTER_ITEM = 4;
const ITEM_INDENT = mm(7);
const QR_CODE_SIZE = mm(32);

type Style = { size: number; lineHeight: number };

/** The letter's own heading. */
export function drawHeading(page: Page, text: string): void {
  drawRuns(page, [{ text, isBold: true }], HEADING);
}

/** Draws below what was drawn last, on new pages where there is no room. */
export function drawBlocks(page: Page, blocks: readonly LetterBlock[]): void {
  for (const [index, block] of blocks.entries()) {
    if (blocks[index - 1]?.type === 'item' && block.type !== 'item') page.y += SPACE_AFTER - SPACE_AFTER_ITEM;
    drawBlock(page, block);
  }
}

function drawBlock(page: Page, block: LetterBlock): void {
  switch (block.type) {
    case 'paragraph':
      drawRuns(page, block.runs, TEXT);
      break;
    case 'heading':
      drawRuns(page, bold(block.runs), SUBHEADING);
      break;
    case 'item':
      drawItem(page, block);
      break;
    case 'page-break':
      page.addPage();
      break;
    case 'qr-code':
      drawQrCode(page, block);
      break;
  }
}

function bold(runs: readonly Run[]): Run[] {
  return runs.map((run) => ({ ...run, isBold: true }));
}

function drawRuns(page: Page, runs: readonly Run[], style: Style, indent = 0, after = SPACE_AFTER): void {
  const left = page.page.margins.left + indent;
  const width = page.page.width - left - page.page.margins.right;
  // A heading is not left alone at the end of a page.
  makeRoom(page, style === TEXT ? TEXT.lineHeight : style.lineHeight + 2 * TEXT.lineHeight);
  page.x = left;
  for (const [index, { text, isBold }] of runs.entries()) {
    page.font(isBold ? 'bold' : 'regular', style.size);
    const lineGap = style.lineHeight - page.currentLineHeight();
    page.text(breakLongWords(page, text, width), { width, lineGap, continued: index < runs.length - 1 });
  }
  page.y += after;
}

function drawItem(page: Page, { runs, marker, depth }: LetterBlock & { type: 'item' }): void {
  makeRoom(page, TEXT.lineHeight);
  const { y } = page;
  const indent = ITEM_INDENT * (depth + 1);
  page.font('regular', TEXT.size);
  page.text(marker, page.page.margins.left + indent - ITEM_INDENT, y, { lineBreak: false });
  page.y = y;
  drawRuns(page, runs, TEXT, indent, SPACE_AFTER_ITEM);
}

function drawQrCode(page: Page, { path, size }: LetterBlock & { type: 'qr-code' }): void {
  makeRoom(page, QR_CODE_SIZE);
  const { y } = page;
  page.save();
  page.translate(page.page.margins.left, y).scale(QR_CODE_SIZE / size);
  page.path(path).lineWidth(1).strokeColor(BLACK).stroke();
  page.restore();
  page.y = y + QR_CODE_SIZE + SPACE_AFTER;
}

function makeRoom(page: Page, height: number): void {
  if (page.y + height > page.page.height - page.page.margins.bottom) page.addPage();
}
