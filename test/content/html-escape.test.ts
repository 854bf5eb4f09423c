import { describe, expect, test } from '@jest/globals';
import { escapeHtml } from '../../src/content/text/html-escape.ts';
import { decodeHtmlReferences } from '../../src/content/text/html-references.ts';
import { sentenceList } from '../../src/content/text/sentence-list.ts';
import { vectors } from './vectors.ts';

describe('HTML escaping', () => {
  test.each(vectors<{ value: string }, { escaped: string }>('html-escape'))('%s', (_, { input, expected }) => {
    expect(escapeHtml(input.value)).toBe(expected.escaped);
  });
});

test.each([
  ['&pound5&nbsp;or;', '£5&nbsp;or;'],
  ['&pound&amp;>;', '£&amp;&gt;;'],
  ['&ampamp;', '&amp;amp;'],
  ['&&nbsp;;', '&amp;&nbsp;;'],
  [`&lt${'\u{1f600}'.repeat(30)};`, `&lt;${'\u{1f600}'.repeat(30)};`],
])('%j is escaped with what is kept counted into names', (text, escaped) => {
  expect(escapeHtml(text)).toBe(escaped);
});

test('decoding needs no semicolon, and drops what HTML5 forbids', () => {
  expect(decodeHtmlReferences('&copy 2020 &#169 &notit; &nope; &#1; &#xD800; a&b')).toBe(
    '© 2020 © ¬it; &nope;  \ufffd a&b',
  );
});

describe('sentence lists', () => {
  type Input = {
    items: unknown[];
    options: {
      before_each?: string;
      after_each?: string;
      prefix?: string;
      prefix_plural?: string;
      max_items_shown?: number;
      word_for_items_not_shown?: string;
    };
  };
  test.each(vectors<Input, { html: string; text: string }>('formatted-list'))('%s', (_, { input, expected }) => {
    const { options } = input;
    const list = sentenceList(input.items.map(String), {
      ...(options.before_each !== undefined && { beforeEach: options.before_each }),
      ...(options.after_each !== undefined && { afterEach: options.after_each }),
      ...(options.prefix !== undefined && { prefix: options.prefix }),
      ...(options.prefix_plural !== undefined && { prefixPlural: options.prefix_plural }),
      ...(options.max_items_shown !== undefined && { maxItemsShown: options.max_items_shown }),
      ...(options.word_for_items_not_shown !== undefined && {
        wordForItemsNotShown: options.word_for_items_not_shown,
      }),
    });
    expect(list).toBe(expected.text);
  });
});
