import { describe, expect, test } from '@jest/globals';
import { smsBodyPreviewHtml, smsPreviewHtml } from '../../src/content/sms-preview.ts';
import { autolink } from '../../src/content/text/links.ts';
import { smartQuotes } from '../../src/content/text/smart-quotes.ts';
import {
  breakGovukLink,
  enDashes,
  niceTypography,
  straightenQuotesInEmailAddresses,
} from '../../src/content/text/typography.ts';
import {
  collapseNewlines,
  newlinesToBr,
  normaliseLines,
  normaliseWhitespace,
  removeAllWhitespace,
  removeWhitespaceBeforePunctuation,
  stripAllWhitespace,
  stripAndRemoveObscureWhitespace,
  stripUnsupportedCharacters,
} from '../../src/content/text/whitespace.ts';
import { percentEncodeFullStops } from '../../src/content/url-tokens.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

const FUNCTIONS: Readonly<Record<string, (text: string) => string>> = {
  smart_quotes: smartQuotes,
  en_dashes: enDashes,
  remove_whitespace_before_punctuation: removeWhitespaceBeforePunctuation,
  break_govuk_link: breakGovukLink,
  strip_all_whitespace: stripAllWhitespace,
  strip_and_remove_obscure_whitespace: stripAndRemoveObscureWhitespace,
  normalise_whitespace: normaliseWhitespace,
  normalise_lines: normaliseLines,
  autolink: (text) => autolink(text),
  nice_typography: niceTypography,
  straighten_quotes_in_email_addresses: straightenQuotesInEmailAddresses,
  remove_all_whitespace: removeAllWhitespace,
  newlines_to_br: newlinesToBr,
  strip_unsupported_characters: stripUnsupportedCharacters,
  collapse_newlines: collapseNewlines,
  url_encode_full_stops: percentEncodeFullStops,
};

describe('text functions', () => {
  type Input = { function: string; value: string };
  test.each(vectors<Input, { output: string }>('text-functions'))('%s', (_, { input, expected }) => {
    expect(FUNCTIONS[input.function]?.(input.value)).toBe(expected.output);
  });
});

describe('text message previews', () => {
  type Input = {
    content: string;
    values: Values | null;
    prefix: string | null;
    redact_missing: boolean;
    downgrade: boolean;
  };
  type Expected = { body_html: string; body_only_preview: string };
  test.each(vectors<Input, Expected>('sms-preview'))('%s', (_, { input, expected }) => {
    const { content: body, values, prefix, redact_missing: redact, downgrade } = input;
    expect(smsPreviewHtml({ body, values, prefix, redact, downgrade })).toBe(expected.body_html);
    expect(smsBodyPreviewHtml(body, values)).toBe(expected.body_only_preview);
  });
});

test('in a preview the prefix and the body alone are stripped', () => {
  const input = { body: '\r\n a ', values: null, redact: false, downgrade: true };
  expect(smsPreviewHtml({ ...input, prefix: ' S ' })).toBe('S:<br>a');
  expect(smsBodyPreviewHtml(input.body, null)).toBe('a');
});

test.each([
  ['x.u\u0131', '<a href="http://x.u%C4%B1">x.u\u0131</a>'],
  ['HTTP\u017f://x.uk', '<a href="http://HTTP%C5%BF://x.uk">HTTP\u017f://x.uk</a>'],
  ['a\u0345b.uk', 'a\u0345<a href="http://b.uk">b.uk</a>'],
  ['a.bb/(c)])', '<a href="http://a.bb/%28c%29">a.bb/(c)</a>])'],
  ['-a.-b.cc-a.-', '-<a href="http://a.-b.cc">a.-b.cc</a>-a.-'],
])('%j has the link that it has in any case', (text, html) => {
  expect(autolink(text)).toBe(html);
});

test('what Python takes for GOV.UK is broken', () => {
  expect(breakGovukLink('gov.u\u212a')).toBe('gov.\u200bu\u212a');
});

test.each(['-a.'.repeat(33_000), `a.bb/${')'.repeat(100_000)}`])('%.9s… costs no more than its length', (text) => {
  const start = performance.now();
  autolink(text);
  expect(performance.now() - start).toBeLessThan(2_500);
});
