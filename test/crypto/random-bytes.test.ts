import { expect, test } from '@jest/globals';
import { randomBytesOf } from '../../src/random-bytes.ts';

test('no bytes are given twice, also where a new portion is fetched', () => {
  const seen = new Set(Array.from({ length: 5000 }, () => randomBytesOf(12).toString('hex')));
  expect(seen.size).toBe(5000);
});

test('as many bytes as were asked for', () => {
  expect([1, 12, 64].map((count) => randomBytesOf(count).length)).toEqual([1, 12, 64]);
});
