import { describe, expect, test } from '@jest/globals';
import {
  emailBodyHtml,
  emailContent,
  emailPlainTextBody,
  emailPreheaderText,
  emailSizeInBytes,
  emailSubject,
  emailSubjectHtml,
  isContentEmpty,
} from '../../src/content/email.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

describe('emails', () => {
  type Input = {
    content: string;
    subject: string;
    values: Values | null;
    unsubscribe_link: string | null;
    redact_missing: boolean;
  };
  type Expected = {
    subject_plain: string;
    subject_html: string;
    html_body: string;
    plain_text: string;
    preheader: string;
    content_with_placeholders_filled_in: string;
    size_in_bytes: number;
    empty: boolean;
  };
  test.each(vectors<Input, Expected>('email-messages'))('%s', (_, { input, expected }) => {
    const { content: body, subject, values, unsubscribe_link: unsubscribeUrl, redact_missing: redact } = input;
    const email = { body, values, unsubscribeUrl, redact };
    expect({
      subject_plain: emailSubject(subject, values, redact),
      subject_html: emailSubjectHtml(subject, values, redact),
      html_body: emailBodyHtml(email),
      plain_text: emailPlainTextBody(email),
      preheader: emailPreheaderText(email),
      content_with_placeholders_filled_in: emailContent(body, values, redact),
      size_in_bytes: emailSizeInBytes(body, values, redact),
      empty: isContentEmpty(body, values),
    }).toEqual(expected);
  });
});

test('a link without text shows its address, also an unfilled one', () => {
  const html = emailBodyHtml({ body: '[((a))](((b)))', values: { a: '' } });
  expect(html).toContain(">(<span class='placeholder'>&#40;&#40;b&#41;&#41;</span>)</a>".replace(/[()]/g, ''));
});
