import { describe, expect, test } from '@jest/globals';
import { normaliseKey } from '../../src/content/keys.ts';
import { placeholderNames } from '../../src/content/placeholders.ts';
import { substitute } from '../../src/content/substitute.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

describe('placeholders', () => {
  test.each(vectors<{ content: string }, { placeholders: string[] }>('placeholders'))('%s', (_, vector) => {
    expect(placeholderNames(vector.input.content)).toEqual(vector.expected.placeholders);
  });
});

describe('keys are compared without spaces, underscores, hyphens and case', () => {
  test.each(vectors<{ key: string }, { normalised: string }>('insensitive-keys'))('%s', (_, vector) => {
    expect(normaliseKey(vector.input.key)).toBe(vector.expected.normalised);
  });
});

type Rendering = {
  content: string;
  values: Values | null;
  html: 'escape' | 'passthrough';
  with_brackets: boolean;
  markdown_lists: boolean;
  redact_missing: boolean;
  plain: boolean;
};

describe('substitution', () => {
  test.each(vectors<Rendering, { output: string }>('placeholder-rendering'))('%s', (_, { input, expected }) => {
    const output = substitute(input.content, input.values, {
      escape: input.html === 'escape',
      brackets: input.with_brackets,
      lists: input.markdown_lists ? 'bullets' : 'sentence',
      redact: input.redact_missing,
      plain: input.plain,
    });
    expect(output).toBe(expected.output);
  });
});

describe('conditional text', () => {
  type Expected = { sms_mode: string; email_and_letter_mode: string };
  test.each(vectors<{ value: unknown }, Expected>('conditional-values'))('%s', (_, { input, expected }) => {
    const render = (lists: 'sentence' | 'bullets') =>
      substitute('a((c??SHOWN))b', { c: input.value }, { lists, plain: true });
    expect(render('sentence')).toBe(expected.sms_mode);
    expect(render('bullets')).toBe(expected.email_and_letter_mode);
  });
});
