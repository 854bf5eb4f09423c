import { describe, expect, test } from '@jest/globals';
import { fromLondonTime, toLondonTime } from '../../src/content/london-time.ts';
import { vectors } from './vectors.ts';

/** Offsets are ignored and fractions of a millisecond are out of reach. */
function instant(value: string): Date {
  const [, date = '', time = '00:00'] = /^(\S{10})(?:[T ]([\d:.]+))?/.exec(value) ?? [];
  return new Date(`${date}T${time.replace(/(\.\d{3})\d+$/, '$1')}Z`);
}

describe('London time', () => {
  type Input = { direction: string; value: string };
  test.each(vectors<Input, { value: string }>('timezones'))('%s', (_, { input, expected }) => {
    const convert = input.direction === 'london_naive_to_utc_naive' ? fromLondonTime : toLondonTime;
    expect(convert(instant(input.value))).toEqual(instant(expected.value));
  });
});
