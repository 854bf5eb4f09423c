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

test.each([
  ['blank lines after an underlined heading are its own', 'a\n===\n\n\nb', '<h2>a</h2>\n<p>b</p>'],
  [
    'a list below the sixth has its text as one item',
    `${'*'.repeat(7)} a`,
    `${'<ul>\n<li>'.repeat(7)}* a${'</li>\n</ul>'.repeat(7)}\n`,
  ],
  ['an inset below the sixth is text', `${'^'.repeat(7)} a`, '<p>^ a</p>'],
  ['a bare URL after a link in a link is one', '[a [b](c) http://d.e](f)', link('a [b](c)', 'd.e')],
  ['a table takes the footnotes of its cells along', '[^n]: note\n\n|a[^n]|\n|---|\n|b|', '<p>note</p>'],
  ['a footnote may be indented by any whitespace', '[^n]: a\n \u00a0b\n\n[^n]', '<p>a<br>b</p>'],
  ['keys are the same whether an ampersand is escaped', '[a&amp;b]: c\n\n[A&B]', '<p>[A&amp;B](c)</p>'],
  ['a URL needs two characters, however long they are', 'http://\u{1f600} http://\u{1f600}b', url('\u{1f600}b')],
  ['only a hyphen of its own is kept', '\ufdd0', '<p>\ufdd0</p>'],
  ['fewer tildes close a fence when the word takes the rest', '~~~~\na\n~~~\nb', 'a<p>b</p>'],
  ['a longer closing fence gives its start to the content', '~~~\na\n~~~~~\nb', 'a\n~~<p>b</p>'],
  ['a fence of backticks is closed by as many', '````\na\n```\nb', '<p>````<br>a<br>```<br>b</p>'],
  ['fenced code interrupts a paragraph when it is closed', 'a\n~~~\nb\n~~~', '<p>a</p>b'],
])('in letters %s', (_, markdown, html) => {
  expect(renderMarkdown(markdown, letterHtml).replaceAll(KEPT_HYPHEN, '-')).toBe(html);
});

function url(rest: string): string {
  return `<p>http://\u{1f600} <strong data-original-protocol='http://'>${rest}</strong></p>`;
}

function link(text: string, rest: string): string {
  return `<p>[${text} <strong data-original-protocol='http://'>${rest}</strong>](f)</p>`;
}

test.each([
  ['<jo@example.com>', 'jo@example.com'],
  ['<a@b:c>', '<a style="word-wrap: break-word; color: #1D70B8;" href="http://a%40b:c">a@b:c</a>'],
])('in HTML %j is a link unless it is an address', (markdown, html) => {
  expect(renderMarkdown(markdown, emailHtml)).toContain(`>${html}</p>`);
});

/** Each takes minutes or more when it is read again from every place in it. */
const HOSTILE: readonly [string, string][] = [
  ['tags that do not end', '<a b='.repeat(20_000)],
  ['tags with one end', `${'<div a=\n'.repeat(12_000)}>x`],
  ['elements that wait for one end', '<div>\n\n'.repeat(7_000) + '</div>x'.repeat(7_000)],
  ['comments that wait for one end', '<!--\n\n'.repeat(8_000) + '-->x'.repeat(12_000)],
  ['one long fence', `${'~'.repeat(50_000)}\n${'x\n'.repeat(25_000)}`],
  ['fences that are not closed', 'a\n~~~x\n'.repeat(14_000)],
  ['breaks before no text', `a${'\n\u00a0'.repeat(50_000)}`],
  ['a list item with blank lines', `* a${'\n\n '.repeat(33_000)}x`],
  ['brackets after a definition', `[k]: x\n\n${'[k][a '.repeat(16_000)}`],
  ['brackets before a link', `${'[a [k]'.repeat(16_000)}] [ ](y)`],
  ['a footnote of many lines', `[^a]: x\n${' y\n'.repeat(150_000)}`],
];

test.each(HOSTILE)('%s cost no more than their length', (_, markdown) => {
  const start = performance.now();
  renderMarkdown(markdown, emailPlainText);
  expect(performance.now() - start).toBeLessThan(2_500);
});
