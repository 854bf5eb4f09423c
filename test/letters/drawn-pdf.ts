import PDFDocument from 'pdfkit';
import { mm } from '../../src/letters/letter-page.ts';

/** Millimetres from the left and top edge. */
type Text = { text: string; left: number; top: number };

export type Drawing = {
  /** On the first page. */
  texts?: Text[];
  /** @default 1 */
  pages?: number;
  /** Width and height in millimetres. @default A4 */
  size?: [number, number];
  rotation?: number;
  tagOnPage?: number;
  password?: string;
};

/** A letter with an address in its window. */
export function letterTo(...lines: string[]): Drawing {
  return { texts: lines.map((text, index) => ({ text, left: 24.6, top: 40 + 3 * index })) };
}

/** A PDF as others make them. */
export function drawPdf({ texts = [], pages = 1, size, rotation = 0, tagOnPage, password }: Drawing): Promise<Buffer> {
  const paper = size === undefined ? 'A4' : [mm(size[0]), mm(size[1])];
  const options = { size: paper as PDFKit.PDFDocumentOptions['size'] & {}, margin: 0 };
  const page = new PDFDocument({
    ...options,
    autoFirstPage: false,
    ...(password === undefined ? {} : { userPassword: password }),
  });
  const chunks: Buffer[] = [];
  page.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Buffer>((resolve) => page.on('end', () => resolve(Buffer.concat(chunks))));
  for (let number = 1; number <= pages; number++) {
    page.addPage(options);
    Object.assign(page.page.dictionary.data, { Rotate: rotation });
    page.font('Helvetica', 8);
    for (const { text, left, top } of number === 1 ? texts : [])
      page.text(text, mm(left), mm(top), { lineBreak: false });
    if (number === tagOnPage) page.text('NOTIFY', mm(1.8), mm(1.8), { lineBreak: false });
  }
  page.end();
  return ended;
}
