import { describe, expect, test } from '@jest/globals';
import {
  BROADCAST_MAX_CHARACTERS,
  broadcastContent,
  broadcastContentError,
} from '../../src/content/broadcast-content.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

describe('emergency alert content', () => {
  type Input = { content: string; values: Values | null };
  type Expected = {
    message: string;
    plain_message: string;
    content_count: number;
    encoded_content_count: number;
    ucs2_characters: string[];
    max_content_count: number;
    too_long: boolean;
    back_office_error: string | null;
    api_error: string | null;
  };
  test.each(vectors<Input, Expected>('broadcast-content'))('%s', (_, { input, expected }) => {
    const content = broadcastContent(input.content, input.values);
    const { ucs2_characters, ...rest } = expected;
    expect(content.encoding).toBe(ucs2_characters.length === 0 ? 'gsm' : 'ucs-2');
    expect({
      message: content.message,
      plain_message: content.plainMessage,
      content_count: content.contentCount,
      encoded_content_count: content.encodedCount,
      max_content_count: BROADCAST_MAX_CHARACTERS[content.encoding],
      too_long: content.isTooLong,
      back_office_error: broadcastContentError(content, 'Content'),
      api_error: broadcastContentError(content, 'description'),
    }).toEqual(rest);
  });
});
