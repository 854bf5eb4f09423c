import { describe, expect, test } from '@jest/globals';
import { emailContent, isContentEmpty } from '../../src/content/email.ts';
import { contactBlockHtml, letterAddressLines, letterBodyHtml, letterSubjectHtml } from '../../src/content/letter.ts';
import { findTooLongQrCode } from '../../src/content/letter-qr-codes.ts';
import { requiredPersonalisation } from '../../src/content/personalisation.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

describe('letters', () => {
  type Input = {
    content: string;
    subject: string;
    values: Values | null;
    contact_block: string | null;
    language: 'english' | 'welsh';
    welsh_content: string | null;
    welsh_subject: string | null;
    redact_missing: boolean;
  };
  type Expected = {
    subject_html: string;
    body_html: string;
    address_lines: string[];
    contact_block_html: string;
    required_personalisation: string[];
    content_with_placeholders_filled_in: string;
    empty: boolean;
  };
  test.each(vectors<Input, Expected>('letter-messages'))('%s', (_, { input, expected }) => {
    const { values, contact_block: contactBlock, redact_missing: redact } = input;
    const isWelsh = input.language === 'welsh';
    const body = (isWelsh ? input.welsh_content : input.content) ?? '';
    const subject = (isWelsh ? input.welsh_subject : input.subject) ?? '';
    const welsh = isWelsh ? {} : { welshSubject: input.welsh_subject, welshBody: input.welsh_content };
    expect({
      subject_html: letterSubjectHtml(subject, values, redact),
      body_html: letterBodyHtml(body, values, redact),
      address_lines: letterAddressLines(values),
      contact_block_html: contactBlockHtml(contactBlock, values, redact),
      required_personalisation: requiredPersonalisation({ type: 'letter', subject, body, contactBlock, ...welsh }),
      content_with_placeholders_filled_in: emailContent(body, values, redact),
      empty: isContentEmpty(body, values),
    }).toEqual(expected);
  });
});

describe('QR codes', () => {
  type Expected = {
    too_long: boolean;
    num_bytes: number | null;
    max_bytes: number | null;
    data: string | null;
    rendered_as: string | null;
    body_html_with_svg_elided: string;
  };
  test.each(vectors<{ content: string; values: Values | null }, Expected>('letter-qr-codes'))(
    '%s',
    (_, { input, expected }) => {
      const tooLong = findTooLongQrCode(input.content, input.values);
      const { rendered_as, ...rest } = expected;
      const html = letterBodyHtml(input.content, input.values).replace(/<svg.*?<\/svg>/g, '<svg…>');
      expect({
        too_long: tooLong !== null,
        num_bytes: tooLong?.numBytes ?? null,
        max_bytes: tooLong?.maxBytes ?? null,
        data: tooLong?.data ?? null,
        body_html_with_svg_elided: html,
      }).toEqual(rest);
      expect(html.includes('<svg…>')).toBe(rendered_as === 'svg');
      expect(html.includes("class='qrcode-placeholder'")).toBe(rendered_as === 'placeholder');
    },
  );
});

describe('incomplete addresses', () => {
  const missing = (line: number) => `<span class='placeholder-no-brackets'>address line ${line}</span>`;
  const lines = (...last: string[]) => [...[1, 2, 3, 4, 5, 6].map(missing), ...last];

  test.each([
    ['an empty value keeps its line', { 'address line 6': '' }, [...lines().slice(0, 5), '', missing(7)]],
    ['a value is split at every line end', { address_line_7: 'a\fb' }, lines('a', 'b')],
    ['the postcode is the last line', { postcode: 'a' }, lines('a')],
    ['the postcode wins over another spelling', { address_line_7: 'a', postcode: 'b' }, lines('b')],
    ['line 7 wins in its own spelling', { 'address line 7': 'a', postcode: 'b' }, lines('a')],
  ])('%s', (_, values, expected) => {
    expect(letterAddressLines(values)).toEqual(expected);
  });
});

test('without any values a QR code is measured as written', () => {
  const body = `qr: ${'&copy;'.repeat(100)}`;
  expect(findTooLongQrCode(body, {})?.numBytes).toBe(600);
  expect(findTooLongQrCode(body, { a: 1 })).toBe(null);
});
