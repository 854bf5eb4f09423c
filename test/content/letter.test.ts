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
