import { describe, expect, test } from '@jest/globals';
import {
  type ParsedPhoneNumber,
  type PhoneNumber,
  parsePhoneNumber,
  parseServiceContactNumber,
  phoneNumberRefusal,
} from '../../src/content/phone-number.ts';
import { attemptPhoneNumber, humanReadablePhoneNumber } from '../../src/content/phone-number-attempt.ts';
import type { PhoneNumberError } from '../../src/content/phone-number-errors.ts';
import { vectors } from './vectors.ts';

type Input = { phone_number: string };
type VectorError = { code: string; message: string; api_v2_message: string };

function asVector(error: PhoneNumberError | null): VectorError | null {
  return error && { code: error.code, message: error.message, api_v2_message: error.apiMessage };
}

function valid(parsed: ParsedPhoneNumber): PhoneNumber {
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed;
}

describe('numbers that never parse', () => {
  test.each(vectors<Input, VectorError>('phone-invalid'))('%s', (_, { input, expected }) => {
    const parsed = parsePhoneNumber(input.phone_number);
    expect(parsed.ok ? parsed : asVector(parsed)).toEqual(expected);
  });
});

describe('numbers that parse', () => {
  type Info = { international: boolean; crown_dependency: boolean; country_prefix: string; rate_multiplier: number };
  type Expected = {
    normalised: string;
    human_readable: string;
    uk: boolean;
    info: Info | null;
    numeric_sender?: boolean;
    validate: Record<'uk_only' | 'uk_only+landline' | 'international' | 'international+landline', VectorError | null>;
  };
  test.each(vectors<Input, Expected>('phone-valid'))('%s', (_, { input, expected }) => {
    const number = valid(parsePhoneNumber(input.phone_number));
    const refusal = (international: boolean, ukLandlines: boolean) =>
      asVector(phoneNumberRefusal(number, { international, ukLandlines }));
    expect({
      normalised: number.normalised,
      human_readable: humanReadablePhoneNumber(number.normalised),
      uk: number.isUk,
      info: number.hasRate
        ? {
            international: number.international,
            crown_dependency: number.isCrownDependency,
            country_prefix: number.countryPrefix,
            rate_multiplier: number.rateMultiplier,
          }
        : null,
      numeric_sender: expected.numeric_sender === undefined ? undefined : number.needsNumericSender,
      validate: {
        uk_only: refusal(false, false),
        'uk_only+landline': refusal(false, true),
        international: refusal(true, false),
        'international+landline': refusal(true, true),
      },
    }).toEqual(expected);
  });
});

describe('service contact numbers', () => {
  type Expected = { parse_error?: VectorError; normalised?: string; human_readable?: string; uk?: boolean };
  test.each(vectors<Input, Expected>('phone-service-contact'))('%s', (_, { input, expected }) => {
    const parsed = parseServiceContactNumber(input.phone_number);
    const result = parsed.ok
      ? {
          normalised: parsed.normalised,
          human_readable: humanReadablePhoneNumber(parsed.normalised),
          uk: parsed.isUk,
        }
      : { parse_error: asVector(parsed) };
    expect(result).toEqual(expected);
  });
});

test('UK numbers that start with the same five digits from 7 are alike, except 7624', () => {
  for (let range = 70_000; range < 80_000; range += 1) {
    if (String(range).startsWith('7624')) continue;
    const attempts = ['00000', '99999'].map((rest) => {
      const attempt = attemptPhoneNumber(`0${range}${rest}`, false);
      return attempt.ok ? { ...attempt, normalised: attempt.normalised.slice(0, 7) } : attempt;
    });
    expect(attempts[1]).toEqual(attempts[0]);
  }
});

test('a UK mobile parses alike in each of its spellings, the first time and later', () => {
  for (const national of ['7911123456', '7700900123', '7797292290', '7624123456', '7012345678', '7640123456']) {
    const [first, ...later] = [`0${national}`, `44${national}`, `+44 ${national}`, `0${national}`].map(
      parsePhoneNumber,
    );
    for (const parsed of later) expect(parsed).toEqual(first);
  }
});
