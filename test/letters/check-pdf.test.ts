import { describe, expect, test } from '@jest/globals';
import { checkPdf } from '../../src/letters/check-pdf.ts';
import { type Drawing, drawPdf, letterTo } from './drawn-pdf.ts';

const check = async (drawing: Drawing, allowInternational = true) =>
  checkPdf(await drawPdf(drawing), { allowInternational });
const notValid = (message: string, invalidPages: number[] | null, pages: number | null) => ({
  outcome: 'not-valid',
  message,
  invalidPages,
  pages,
});

describe('a PDF that keeps the rules', () => {
  test('passes with its pages and its address as it is printed', async () => {
    expect(await check({ ...letterTo('Sam  Bird', '9 Low Road,', 'sw1a1aa'), pages: 3 })).toEqual({
      outcome: 'passed',
      pages: 3,
      address: 'Sam Bird\n9 Low Road\nSW1A 1AA',
      postage: null,
    });
  });

  test('to another country has the postage of its zone', async () => {
    expect(await check(letterTo('Sam', 'Rue 1', 'Paris', 'france'))).toMatchObject({
      outcome: 'passed',
      address: 'Sam\nRue 1\nParis\nFrance',
      postage: 'europe',
    });
  });

  test('may have ten pages, and a tag on the first', async () => {
    const tagged = [{ text: 'NOTIFY', left: 1.8, top: 1.8 }];
    const { texts = [] } = letterTo('Sam', 'Road', 'SW1A 1AA');
    expect(await check({ texts: [...texts, ...tagged], pages: 10 })).toMatchObject({ outcome: 'passed', pages: 10 });
  });

  test('is read only in its window', async () => {
    const { texts = [] } = letterTo('Sam', 'Road', 'SW1A 1AA');
    const beside = [
      { text: 'Our office', left: 140, top: 42 },
      { text: 'Dear Sam', left: 24.6, top: 104 },
    ];
    expect(await check({ texts: [...texts, ...beside] })).toMatchObject({ address: 'Sam\nRoad\nSW1A 1AA' });
  });
});

describe('a PDF that does not', () => {
  test.each([
    ['text', Buffer.from('Dear Sam')],
    ['nothing', Buffer.alloc(0)],
    ['half a PDF', Buffer.from('%PDF-1.7\n1 0 obj')],
  ])('%s cannot be read', async (_what, content) => {
    expect(await checkPdf(content, { allowInternational: true })).toEqual(
      notValid('unable-to-read-the-file', null, null),
    );
  });

  test('one with a password cannot be read', async () => {
    expect(await check({ ...letterTo('Sam', 'Road', 'SW1A 1AA'), password: 'secret' })).toEqual(
      notValid('unable-to-read-the-file', null, null),
    );
  });

  test.each([
    ['eleven pages', { pages: 11 }, notValid('letter-too-long', null, 11)],
    ['A5', { size: [148, 210] }, notValid('letter-not-a4-portrait-oriented', [1], 1)],
    ['A4 landscape', { size: [297, 210], pages: 2 }, notValid('letter-not-a4-portrait-oriented', [1, 2], 2)],
    ['A4 on its side', { rotation: 90 }, notValid('letter-not-a4-portrait-oriented', [1], 1)],
    ['three millimetres too long', { size: [210, 300] }, notValid('letter-not-a4-portrait-oriented', [1], 1)],
    ['the tag on a later page', { pages: 3, tagOnPage: 2 }, notValid('notify-tag-found-in-content', [2], 3)],
  ] as [string, Drawing, object][])('%s', async (_what, drawing, verdict) => {
    expect(await check({ ...letterTo('Sam', 'Road', 'SW1A 1AA'), ...drawing })).toEqual(verdict);
  });

  test.each([
    [[], 'address-is-empty'],
    [['Sam', 'SW1A 1AA'], 'not-enough-address-lines'],
    [['1', '2', '3', '4', '5', '6', '7', 'SW1A 1AA'], 'too-many-address-lines'],
    [['Sam', '*', 'SW1A 1AA'], 'invalid-address-line-1-or-2'],
    [['Sam', 'Unit', 'BFPO 1', 'France'], 'has-country-for-bfpo-address'],
    [['Sam', 'Road', 'Town'], 'not-a-real-uk-postcode-or-country'],
    [['Sam', '(Road', 'SW1A 1AA'], 'invalid-char-in-address'],
    [['Sam', 'No fixed abode', 'SW1A 1AA'], 'no-fixed-abode-address'],
  ])('%j: %s', async (lines, message) => {
    expect(await check(letterTo(...lines))).toEqual(notValid(message, [1], 1));
  });

  test('upside down is A4 portrait too, with nothing in its window', async () => {
    expect(await check({ ...letterTo('Sam', 'Road', 'SW1A 1AA'), rotation: 180 })).toMatchObject({
      message: 'address-is-empty',
    });
  });

  test('without the permission another country is told from a wrong postcode', async () => {
    expect(await check(letterTo('Sam', 'Rue 1', 'France'), false)).toMatchObject({
      message: 'cant-send-international-letters',
    });
    expect(await check(letterTo('Sam', 'Road', 'Town'), false)).toMatchObject({ message: 'not-a-real-uk-postcode' });
  });

  test('of two faults the earlier check tells', async () => {
    expect(await check({ ...letterTo('Sam'), size: [148, 210] })).toMatchObject({
      message: 'letter-not-a4-portrait-oriented',
    });
  });
});
