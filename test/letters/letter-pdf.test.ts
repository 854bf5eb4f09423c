import { describe, expect, test } from '@jest/globals';
import { contactBlockHtml, letterBodyHtml, letterSubjectHtml } from '../../src/content/letter.ts';
import { checkPdf } from '../../src/letters/check-pdf.ts';
import { letterBlocks } from '../../src/letters/letter-blocks.ts';
import { makeLetterPdf } from '../../src/letters/letter-pdf.ts';
import { readPdf } from '../../src/letters/read-pdf.ts';

const MOST_PAGES = 100;
const make = (body: string, subject = 'Your licence', contactBlock = '') =>
  makeLetterPdf({
    addressLines: ['Sam Bird', '9 Low Road', 'SW1A 1AA'],
    contactBlock: contactBlockHtml(contactBlock, {}),
    date: '4 May 2026',
    heading: letterSubjectHtml(subject, {}),
    body: letterBodyHtml(body, {}),
    createdAt: new Date('2026-05-04T10:00:00Z'),
  });
const read = async (...given: Parameters<typeof make>) => {
  const { content, pages } = await make(...given);
  const pdf = await readPdf(content, MOST_PAGES);
  expect(pdf.pageCount).toBe(pages);
  return pdf.pages.map(({ words }) => words.map(({ text }) => text).join(' '));
};

describe('the PDF of a letter', () => {
  test('has tag, address in capitals, contact block, date, heading and body on its first page', async () => {
    expect(await read('Dear Sam', 'Tea & cake', 'The office\nLondon')).toEqual([
      'NOTIFY SAM BIRD 9 LOW ROAD SW1A 1AA The office London 4 May 2026 Tea & cake Dear Sam Page 1 of 1',
    ]);
  });

  test('passes the checks of PDFs that others make', async () => {
    const { content } = await make('Dear Sam', 'Tea & cake', 'The office\nLondon');
    expect(await checkPdf(content, { allowInternational: false })).toEqual({
      outcome: 'passed',
      pages: 1,
      address: 'SAM BIRD\n9 LOW ROAD\nSW1A 1AA',
      postage: null,
    });
  });

  test('is the same for the same letter, to the byte of its text', async () => {
    expect(await read('Dear Sam')).toEqual(await read('Dear Sam'));
  });

  test('counts its pages at the foot of each; the tag is on the first only', async () => {
    const pages = await read('one\n\n---\n\ntwo\n\n---\n\nthree');
    expect(pages.map((text) => text.slice(-'Page 1 of 3'.length))).toEqual([
      'Page 1 of 3',
      'Page 2 of 3',
      'Page 3 of 3',
    ]);
    expect(pages.map((text) => text.includes('NOTIFY'))).toEqual([true, false, false]);
  });

  test('breaks words that are longer than a line where the line ends, and loses none of them', async () => {
    const word = Array.from({ length: 4000 }, (_each, index) => String(index % 10)).join('');
    const text = (await read(`before ${word} after`)).join(' ').replaceAll(/\bPage \d+ of \d+/g, '');
    const pieces = text.match(/\d{20,}/g) ?? [];
    expect(pieces.join('')).toBe(word);
    expect(new Set(pieces.slice(0, -1).map(({ length }) => length)).size).toBe(1);
    expect(text).toContain('after');
  });

  test.each([
    ['the body', 'x'.repeat(1_000_000), 'S', ''],
    ['the body, in bold pieces', 'x**y**'.repeat(10_000), 'S', ''],
    ['the heading', 'Dear Sam', 'x'.repeat(1_000_000), ''],
    ['the contact block', 'Dear Sam', 'S', 'x'.repeat(1_000_000)],
  ])('a word of a million letters in %s is no more work than any long text', async (_where, ...letter) => {
    expect((await make(...letter)).pages).toBeGreaterThan(0);
  });

  test('an address line of a million letters makes the letter too long', async () => {
    const { pages } = await makeLetterPdf({
      addressLines: ['x'.repeat(1_000_000), '9 Low Road', 'SW1A 1AA'],
      contactBlock: '',
      date: '4 May 2026',
      heading: 'S',
      body: 'Dear Sam',
      createdAt: new Date('2026-05-04T10:00:00Z'),
    });
    expect(pages).toBeGreaterThan(10);
  });

  test('breaks long text over pages and loses none of it', async () => {
    const words = Array.from({ length: 2000 }, (_each, index) => `w${index}`);
    const text = (await read(words.join(' '))).join(' ');
    expect(text.match(/\bw\d+/g)).toEqual(words);
  });

  test('has letters of all of Europe', async () => {
    expect((await read('Łódź ŵ ŷ Ελλάδα Здравей – “it’s” £5'))[0]).toContain('Łódź ŵ ŷ Ελλάδα Здравей – “it’s” £5');
  });

  test('that would be hundreds of pages is cut off, far over what a letter may have', async () => {
    const { pages } = await make('word '.repeat(500_000));
    expect(pages).toBeGreaterThan(10);
    expect(pages).toBeLessThan(MOST_PAGES);
  });
});

describe('the body of a letter', () => {
  const blocks = (markdown: string) => letterBlocks(letterBodyHtml(markdown, {}));
  const runs = (text: string) => [{ text, isBold: false }];

  test('is headings, paragraphs with line breaks, and page breaks', () => {
    expect(blocks('# Head\n\none  \ntwo\n\n---\n\nthree')).toEqual([
      { type: 'heading', runs: runs('Head') },
      { type: 'paragraph', runs: [...runs('one'), ...runs('\n'), ...runs('two')] },
      { type: 'page-break' },
      { type: 'paragraph', runs: runs('three') },
    ]);
  });

  test('numbers its lists, and indents lists in lists', () => {
    expect(blocks('1. a\n2. b\n\ntext\n\n* c\n* d')).toMatchObject([
      { type: 'item', marker: '1.', depth: 0, runs: runs('a') },
      { type: 'item', marker: '2.', depth: 0, runs: runs('b') },
      { type: 'paragraph' },
      { type: 'item', marker: '•', depth: 0, runs: runs('c') },
      { type: 'item', marker: '•' },
    ]);
  });

  test('has links in bold without their protocol, and references as characters', () => {
    expect(blocks('See https://www.gov.uk/x & <b>')).toEqual([
      {
        type: 'paragraph',
        runs: [
          { text: 'See ', isBold: false },
          { text: 'www.gov.uk/x', isBold: true },
          { text: ' & <b>', isBold: false },
        ],
      },
    ]);
  });

  test('draws a QR code', () => {
    expect(blocks('qr: https://www.gov.uk')).toMatchObject([{ type: 'qr-code', size: 25 }]);
  });
});
