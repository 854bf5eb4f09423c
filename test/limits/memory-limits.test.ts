import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DailyRequest, Limits } from '../../src/limits/limits.ts';
import { memoryLimits } from '../../src/limits/memory-limits.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');

describe('limits in memory', () => {
  let now: number;
  let limits: Limits;
  beforeEach(() => {
    now = NOON;
    limits = memoryLimits({ now: () => now });
  });

  const taken = (rate: number, most = 3000): number => {
    let count = 0;
    while (count < most && limits.takeToken('service', 'normal', rate)) count++;
    return count;
  };

  test.each([
    [3000, 999],
    [6, 2],
    [1, 1],
    [0, 0],
    [100, 34],
  ])('a rate of %i a minute allows a burst of %i', (rate, burst) => {
    expect(taken(rate)).toBe(burst);
  });

  test('tokens come back at the rate, whole ones, and no fraction of time is lost', () => {
    expect(taken(60)).toBe(20);
    now += 1500; // one token and a half; the refused request has left none
    expect(taken(60)).toBe(0);
    now += 2500;
    expect(taken(60)).toBe(2);
  });

  test('a bucket never holds more than its capacity', () => {
    taken(60);
    now += 3_600_000;
    expect(taken(60)).toBe(20);
  });

  test('services and key types have buckets of their own', () => {
    taken(6);
    expect(limits.takeToken('service', 'test', 6)).toBe(true);
    expect(limits.takeToken('other', 'normal', 6)).toBe(true);
  });

  const daily = (request: Partial<DailyRequest> = {}) =>
    limits.reserveDaily({ serviceId: 'service', keyType: 'normal', type: 'sms', limit: 2, ...request });

  test('exactly the daily limit passes, live and team keys together', () => {
    expect(daily().allowed).toBe(true);
    expect(daily({ keyType: 'team' }).allowed).toBe(true);
    expect(daily()).toEqual({ allowed: false, count: 2 });
    expect(daily({ type: 'email' }).allowed).toBe(true);
    expect(daily({ serviceId: 'other' }).allowed).toBe(true);
  });

  test('a place given back can be taken again', () => {
    daily();
    const place = daily();
    if (place.allowed) place.release();
    expect(daily().allowed).toBe(true);
    expect(daily().allowed).toBe(false);
  });

  test('test keys are checked and never counted', () => {
    for (let sent = 0; sent < 5; sent++) expect(daily({ keyType: 'test' }).allowed).toBe(true);
    expect(daily({ keyType: 'test', limit: 0 }).allowed).toBe(false);
    expect(daily().allowed).toBe(true);
  });

  test('counts begin again with the UTC day', () => {
    daily({ limit: 1 });
    now = Date.parse('2026-03-02T23:59:59.999Z');
    expect(daily({ limit: 1 }).allowed).toBe(false);
    now += 1;
    expect(daily({ limit: 1 }).allowed).toBe(true);
  });
});
