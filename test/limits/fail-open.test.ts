import { expect, test } from '@jest/globals';
import { failOpen } from '../../src/limits/fail-open.ts';
import { recordingLog } from '../http/recording-log.ts';

function guarded() {
  const log = recordingLog();
  const time = { now: 0 };
  const calls = { made: 0 };
  const guard = failOpen({ store: 'Redis', timeoutMs: 1, log, now: () => time.now });
  const call = (work: () => Promise<string>) =>
    guard('take', 'a key', () => {
      calls.made++;
      return work();
    });
  return { log, time, calls, call };
}

const well = async () => 'answer';
const fails = () => Promise.reject(new Error('away'));
const hangs = () => new Promise<string>(() => {});

test('an error, or no answer in time, is a null and a line in the log', async () => {
  const { log, time, call } = guarded();
  expect(await call(fails)).toBeNull();
  time.now = 2000;
  expect(await call(hangs)).toBeNull();
  const message = 'Redis error performing take on a key';
  expect(log.lines).toMatchObject([
    { level: 'error', message, facts: { err: { message: 'away' } } },
    { level: 'error', message, facts: { err: { name: 'NoAnswerInTime' } } },
  ]);
});

test('what fails together is one line', async () => {
  const { log, call } = guarded();
  expect(await Promise.all([call(fails), call(fails), call(hangs)])).toEqual([null, null, null]);
  expect(log.messages()).toHaveLength(1);
});

test('after a failure one call in two seconds is made, until one succeeds', async () => {
  const { time, calls, call } = guarded();
  await call(fails);
  expect(await call(well)).toBeNull();
  time.now = 1999;
  expect(await call(well)).toBeNull();
  expect(calls.made).toBe(1);
  time.now = 2000;
  const [first, second] = [call(well), call(well)];
  expect(await second).toBeNull();
  expect(await first).toBe('answer');
  expect(await call(well)).toBe('answer');
  expect(calls.made).toBe(3);
});
