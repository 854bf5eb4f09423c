import { describe, expect, test } from '@jest/globals';
import { emailHtml } from '../../src/content/markdown/email-html.ts';
import { letterHtml } from '../../src/content/markdown/letter-html.ts';
import { KEPT_HYPHEN } from '../../src/content/markdown/letter-qr-code.ts';
import { emailPlainText, emailPreheader } from '../../src/content/markdown/plain-text.ts';
import { renderMarkdown } from '../../src/content/markdown/render.ts';
import { vectors } from './vectors.ts';

/** The original's mark for a hyphen that must stay one. */
const VECTORS_KEPT_HYPHEN = '🛳️🐦🥴';

describe('markdown', () => {
  type Expected = { email_html: string; email_plain_text: string; email_preheader: string; letter_html: string };
  test.each(vectors<{ markdown: string }, Expected>('markdown'))('%s', (_, { input: { markdown }, expected }) => {
    expect({
      email_html: renderMarkdown(markdown, emailHtml),
      email_plain_text: renderMarkdown(markdown, emailPlainText),
      email_preheader: renderMarkdown(markdown, emailPreheader),
      letter_html: renderMarkdown(markdown, letterHtml).replaceAll(KEPT_HYPHEN, VECTORS_KEPT_HYPHEN),
    }).toEqual(expected);
  });
});

test.each([
  ['<a:b', '\n\n&lt;a:b'],
  ['<a:b>', '\n\na:b'],
  ['<a b:c>', '\n\n&lt;a b:c&gt;'],
  ['<jo@example.com> x', '\n\njo@example.com x'],
])('in plain text %j is a link only as a whole', (markdown, plainText) => {
  expect(renderMarkdown(markdown, emailPlainText)).toBe(plainText);
});
