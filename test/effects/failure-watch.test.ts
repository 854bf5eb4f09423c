import { expect, test } from '@jest/globals';
import { failureWatch } from '../../src/effects/failure-watch.ts';

function watch() {
  const clock = { now: 0 };
  const told: string[] = [];
  const failed = failureWatch(
    () => clock.now,
    (provider) => told.push(provider),
  );
  const fail = (provider: string, times: number) => {
    for (let time = 0; time < times; time++) failed(provider);
  };
  return { clock, told, fail };
}

test('more than fifty failures within a minute are told once, and counted anew', () => {
  const { told, fail } = watch();
  fail('mmg', 50);
  expect(told).toEqual([]);
  fail('mmg', 51);
  expect(told).toEqual(['mmg']);
  fail('mmg', 1);
  expect(told).toEqual(['mmg', 'mmg']);
});

test('failures a minute ago and those of another provider do not count', () => {
  const { clock, told, fail } = watch();
  fail('mmg', 50);
  fail('firetext', 50);
  clock.now = 60_000;
  fail('mmg', 50);
  expect(told).toEqual([]);
});
