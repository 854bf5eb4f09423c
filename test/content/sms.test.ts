import { describe, expect, test } from '@jest/globals';
import { charactersLostInSms, downgradeForSms, downgradeToAscii } from '../../src/content/downgrade.ts';
import { SMS_MAX_CHARACTERS, smsMessage } from '../../src/content/sms.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

type Input = { content: string; values: Values | null; prefix: string | null; show_prefix: boolean };
type Expected = {
  message: string;
  character_count: number;
  character_count_without_prefix: number;
  fragments: number;
  extended_characters: number;
  ucs2_characters: string[];
  characters_over_previous_fragment: number;
  too_long: boolean;
  characters_above_limit: number;
  empty: boolean;
};

describe('text messages', () => {
  test.each(vectors<Input, Expected>('sms-messages'))('%s', (_, { input, expected }) => {
    const message = smsMessage({
      body: input.content,
      values: input.values,
      prefix: input.show_prefix ? input.prefix : null,
    });
    expect(message).toEqual({
      text: expected.message,
      characterCount: expected.character_count,
      characterCountWithoutPrefix: expected.character_count_without_prefix,
      fragments: expected.fragments,
      encoding: expected.ucs2_characters.length === 0 ? 'gsm' : 'ucs-2',
      extendedCharacters: expected.extended_characters,
      charactersOverPreviousFragment: expected.characters_over_previous_fragment,
      isEmpty: expected.empty,
      isTooLong: expected.too_long,
    });
    expect(Math.max(0, message.characterCountWithoutPrefix - SMS_MAX_CHARACTERS)).toBe(expected.characters_above_limit);
  });
});

describe('characters that a text message cannot carry', () => {
  type Downgraded = { sms: string; ascii: string; replaced_with_question_mark: string[] };
  test.each(vectors<{ text: string }, Downgraded>('downgrade'))('%s', (_, { input, expected }) => {
    expect(downgradeForSms(input.text)).toBe(expected.sms);
    expect(downgradeToAscii(input.text)).toBe(expected.ascii);
    expect(charactersLostInSms(input.text).sort()).toEqual(expected.replaced_with_question_mark.sort());
  });
});

test('no character of a template stands for a placeholder', () => {
  expect(smsMessage({ body: 'a\u{10fffe} ((b))', values: null, prefix: null }).text).toBe('a? ');
});
