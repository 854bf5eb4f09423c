import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { failOpen } from '../../src/limits/fail-open.ts';
import { memoryLimits } from '../../src/limits/memory-limits.ts';
import { limitMeter } from '../../src/metrics/limit-meter.ts';
import { recordingLog } from '../http/recording-log.ts';
import { samplesOf } from './samples.ts';

function meter() {
  const registry = new Registry();
  return { ...limitMeter(registry), read: async () => samplesOf(await registry.metrics()) };
}

test('refusals are counted by limit, type and key, whether the answer comes at once or later', async () => {
  const { limits, read } = meter();
  const request = { serviceId: 'a', keyType: 'normal', ratePerMinute: 3, type: 'sms', limit: 1 } as const;
  const later = limits(
    memoryLimits({ storedToday: async () => ({ sms: 1, email: 0, letter: 0, international_sms: 0 }) }),
  );
  expect(await later.reserveDaily(request)).toMatchObject({ outcome: 'over-daily' });
  const atOnce = limits(memoryLimits());
  expect(atOnce.reserveDaily(request)).toMatchObject({ outcome: 'taken' });
  expect(atOnce.take(request)).toMatchObject({ outcome: 'over-daily' });
  expect(atOnce.take(request)).toEqual({ outcome: 'over-rate' });
  const { sum } = await read();
  const facts = { notification_type: 'sms', key_type: 'normal' };
  expect(sum('rate_limit_refusals_total', { limit: 'day', ...facts })).toBe(2);
  expect(sum('rate_limit_refusals_total', { limit: 'minute', ...facts })).toBe(1);
});

test('each time that limits could not be counted is told, from 0 on', async () => {
  const { guard, read } = meter();
  const guarded = guard('Redis', failOpen({ store: 'Redis', timeoutMs: 1000, log: recordingLog() }));
  expect(await guarded('take', 'key', async () => 'answer')).toBe('answer');
  expect((await read()).sum('limit_counter_failures_total', { store: 'Redis' })).toBe(0);
  expect((await read()).sum('redis_exceeded_rate_limit_duration_seconds_count')).toBe(1);
  for (let times = 0; times < 2; times++) {
    expect(await guarded('take', 'key', () => Promise.reject(new Error('away')))).toBeNull();
  }
  expect((await read()).sum('limit_counter_failures_total', { store: 'Redis' })).toBe(2);
  expect((await read()).sum('redis_exceeded_rate_limit_duration_seconds_count')).toBe(1);
});
