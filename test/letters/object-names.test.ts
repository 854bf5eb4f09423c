import { describe, expect, test } from '@jest/globals';
import { invalidKey, scanKey, setAsideKey, validKey } from '../../src/letters/object-names.ts';

const naming = (
  createdAt: string,
  postage: 'first' | 'second' | 'economy' | 'europe' | 'rest-of-world' = 'second',
) => ({
  reference: 'FOO',
  postage,
  createdAt: Date.parse(createdAt),
});
const folder = (createdAt: string) => validKey(naming(createdAt), 'normal').split('/')[1];

describe('the file of a letter', () => {
  test('lies by print date, and tells reference, postage and time', () => {
    expect(validKey(naming('2017-12-04T17:31:00Z'), 'normal')).toBe(
      'letters-pdf/2017-12-05/NOTIFY.FOO.D.2.C.20171204173100.PDF',
    );
  });

  test.each([
    ['2018-01-02T17:30:00.000Z', '2018-01-02'],
    ['2018-01-02T17:29:59.999Z', '2018-01-02'],
    ['2018-01-02T17:30:00.001Z', '2018-01-03'],
    ['2018-01-02T17:31:00Z', '2018-01-03'],
    ['2018-07-02T16:30:00Z', '2018-07-02'],
    ['2018-07-02T16:30:01Z', '2018-07-03'],
    ['2018-07-02T22:30:00Z', '2018-07-03'],
    ['2018-07-02T23:30:00Z', '2018-07-03'],
  ])('made at %s is printed on %s', (createdAt, date) => {
    expect(folder(createdAt)).toBe(date);
  });

  test.each([
    ['first', '1'],
    ['second', '2'],
    ['economy', 'ECONOMY'],
    ['europe', 'E'],
    ['rest-of-world', 'N'],
  ] as const)('of postage %s has class %s', (postage, letter) => {
    expect(scanKey(naming('2020-02-17T14:00:00Z', postage))).toBe(
      `letters-scan/NOTIFY.FOO.D.${letter}.C.20200217140000.PDF`,
    );
  });

  test('has no folder among the tests, the invalid and the unscanned ones', () => {
    const name = 'NOTIFY.FOO.D.2.C.20200217140000.PDF';
    const given = naming('2020-02-17T14:00:00Z');
    expect(validKey(given, 'test')).toBe(`test-letters/${name}`);
    expect(invalidKey(given)).toBe(`letters-invalid-pdf/${name}`);
    expect(setAsideKey(given, 'FAILURE')).toBe(`letters-scan/FAILURE/${name}`);
    expect(setAsideKey(given, 'ERROR')).toBe(`letters-scan/ERROR/${name}`);
  });
});
