import { describe, expect, test } from '@jest/globals';
import { findCountry } from '../../src/content/countries.ts';
import { parsePostalAddress, singleLineAddress } from '../../src/content/postal-address.ts';
import { postalAddressChecks, postalAddressError } from '../../src/content/postal-address-checks.ts';
import { addressValues, rawAddress } from '../../src/content/postal-address-values.ts';
import { formatPostcode, normalisePostcode } from '../../src/content/postcodes.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

describe('postal addresses', () => {
  type Expected = {
    valid: boolean;
    normalised_lines: string[];
    single_line: string;
    line_count: number;
    country: string;
    international: boolean;
    postage_zone: string;
    postcode: string | null;
    bfpo_number: number | null;
    has_enough_lines: boolean;
    has_too_many_lines: boolean;
    has_valid_last_line: boolean;
    has_invalid_characters: boolean;
    no_fixed_abode: boolean;
    alphanumeric_in_lines_1_and_2: boolean;
    /** Null where the original fails: nothing but a country was given. */
    as_personalisation: Record<string, string> | null;
    api_error: string | null;
  };
  type Input = { address: string; allow_international: boolean };
  test.each(vectors<Input, Expected>('postal-addresses'))('%s', (_, { input, expected }) => {
    const address = parsePostalAddress(input.address);
    const checks = postalAddressChecks(address, input.allow_international);
    const error = postalAddressError(address, input.allow_international);
    expect({
      valid: error === null,
      normalised_lines: address.normalisedLines,
      single_line: singleLineAddress(address),
      line_count: address.normalisedLines.filter((line) => line !== '').length,
      country: address.country.name,
      international: address.isInternational,
      postage_zone: address.country.postageZone,
      postcode: address.postcode,
      bfpo_number: address.bfpoNumber,
      has_enough_lines: checks.hasEnoughLines,
      has_too_many_lines: checks.hasTooManyLines,
      has_valid_last_line: checks.hasValidLastLine,
      has_invalid_characters: checks.hasInvalidCharacters,
      no_fixed_abode: checks.isNoFixedAbode,
      alphanumeric_in_lines_1_and_2: checks.hasAlphanumericFirstLines,
      as_personalisation: expected.as_personalisation && addressValues(address),
      api_error: error,
    }).toEqual(expected);
  });

  test('a line with only a Forces number is too short an address', () => {
    expect(postalAddressError(parsePostalAddress('BFPO 1'), true)).toBe('Address must be at least 3 lines');
  });
});

describe('letters and digits of other scripts', () => {
  test.each([
    ['BFPO \u0664\u0662', 'BFPO 42'],
    ['bfpo c/o \u{1d7d9}', 'BFPO 1'],
  ])('%j is a Forces address', (line, last) => {
    expect(parsePostalAddress(`A\nB\n${line}`).normalisedLines).toEqual(['A', 'B', last]);
  });

  test.each(['No f\u0131xed abode', 'NO F\u0130XED ADDRE\u017fS'])('%j is no fixed abode', (line) => {
    expect(postalAddressError(parsePostalAddress(`A\n${line}\nSW1A 1AA`), false)).toBe('Must be a real address');
  });
});

describe('addresses in personalisation', () => {
  test.each([
    [['a', null], "['a', None]"],
    [{ a: 1 }, "{'a': 1}"],
    [true, 'True'],
    [0, ''],
    [[], ''],
    [{}, ''],
  ])('%j is the line %j', (value, line) => {
    expect(rawAddress({ address_line_1: value }).split('\n')[0]).toBe(line);
  });

  type Expected = { raw_address: string; normalised_lines: string[]; valid_with_international: boolean };
  test.each(vectors<{ personalisation: Values }, Expected>('postal-address-from-personalisation'))(
    '%s',
    (_, { input, expected }) => {
      const raw = rawAddress(input.personalisation);
      const address = parsePostalAddress(raw);
      expect({
        raw_address: raw,
        normalised_lines: address.normalisedLines,
        valid_with_international: postalAddressError(address, true) === null,
      }).toEqual(expected);
    },
  );
});

describe('postcodes', () => {
  type Expected = { valid: boolean; formatted: string | null; normalised: string };
  test.each(vectors<{ postcode: string }, Expected>('postcodes'))('%s', (_, { input, expected }) => {
    const formatted = formatPostcode(input.postcode);
    expect({ valid: formatted !== null, formatted, normalised: normalisePostcode(input.postcode) }).toEqual(expected);
  });
});

describe('countries', () => {
  type Expected = { canonical: string | null; postage_zone: string | null };
  test.each(vectors<{ name: string }, Expected>('countries'))('%s', (_, { input, expected }) => {
    const country = findCountry(input.name);
    expect({ canonical: country?.name ?? null, postage_zone: country?.postageZone ?? null }).toEqual(expected);
  });
});
