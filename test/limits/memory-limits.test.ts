import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Limits, Reserved, Taken, TakeRequest } from '../../src/limits/limits.ts';
import { memoryLimits } from '../../src/limits/memory-limits.ts';
import { recordingLog } from '../http/recording-log.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const REQUEST: TakeRequest = {
  serviceId: 'service',
  keyType: 'normal',
  ratePerMinute: 3000,
  type: 'sms',
  limit: 1_000_000,
};

function atOnce<Answer extends Taken | Reserved>(answer: Answer | Promise<Answer>): Answer {
  if (answer instanceof Promise) throw new Error('Counters in this process answer at once');
  return answer;
}

describe('limits in memory', () => {
  let now: number;
  let limits: Limits;
  beforeEach(() => {
    now = NOON;
    limits = memoryLimits({ now: () => now });
  });

  const take = (request: Partial<TakeRequest> = {}): Taken => atOnce(limits.take({ ...REQUEST, ...request }));
  const taken = (ratePerMinute: number, most = 3000): number => {
    let count = 0;
    while (count < most && take({ ratePerMinute }).outcome === 'taken') count++;
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
    expect(take({ keyType: 'test', ratePerMinute: 6 }).outcome).toBe('taken');
    expect(take({ serviceId: 'other', ratePerMinute: 6 }).outcome).toBe('taken');
  });

  test('a request that gets no token takes no place in the day', () => {
    taken(6);
    expect(take({ ratePerMinute: 6 }).outcome).toBe('over-rate');
    expect(take({ keyType: 'team', limit: 2 })).toEqual({ outcome: 'over-daily', count: 2 });
  });

  const daily = (request: Partial<TakeRequest> = {}): Reserved =>
    atOnce(limits.reserveDaily({ ...REQUEST, limit: 2, ...request }));

  test('exactly the daily limit passes, live and team keys together', () => {
    expect(daily().outcome).toBe('taken');
    expect(take({ keyType: 'team', limit: 2 }).outcome).toBe('taken');
    expect(daily()).toEqual({ outcome: 'over-daily', count: 2 });
    expect(daily({ type: 'email' }).outcome).toBe('taken');
    expect(daily({ serviceId: 'other' }).outcome).toBe('taken');
  });

  test('a place given back can be taken again', () => {
    daily();
    const place = daily();
    if (place.outcome === 'taken') place.release();
    expect(daily().outcome).toBe('taken');
    expect(daily().outcome).toBe('over-daily');
  });

  test('test keys are checked and never counted', () => {
    for (let sent = 0; sent < 5; sent++) expect(daily({ keyType: 'test' }).outcome).toBe('taken');
    expect(daily({ keyType: 'test', limit: 0 })).toEqual({ outcome: 'over-daily', count: 0 });
    expect(daily({ limit: 1 }).outcome).toBe('taken');
  });

  test('counts begin again with the UTC day, which a place of the day before does not change', () => {
    const place = daily({ limit: 1 });
    now = Date.parse('2026-03-02T23:59:59.999Z');
    expect(daily({ limit: 1 }).outcome).toBe('over-daily');
    now += 1;
    expect(daily({ limit: 1 }).outcome).toBe('taken');
    if (place.outcome === 'taken') place.release();
    expect(daily({ limit: 1 }).outcome).toBe('over-daily');
  });
});

describe('a process that was started again', () => {
  const NOTHING = { sms: 0, email: 0, letter: 0, international_sms: 0 };
  const request = { ...REQUEST, limit: 5 };

  test('goes on from what is stored, which is asked for once for a service', async () => {
    const asked: string[] = [];
    const limits = memoryLimits({
      now: () => NOON,
      storedToday: async (serviceId) => {
        asked.push(serviceId);
        return { ...NOTHING, sms: 3, international_sms: 1 };
      },
    });
    const answers = await Promise.all(Array.from({ length: 6 }, () => limits.take(request)));
    expect(answers.filter(({ outcome }) => outcome === 'taken')).toHaveLength(2);
    expect(answers[5]).toEqual({ outcome: 'over-daily', count: 5 });
    expect(limits.reserveDaily({ ...request, type: 'international_sms', limit: 1 })).toEqual({
      outcome: 'over-daily',
      count: 1,
    });
    expect(asked).toEqual(['service']);
  });

  test('counts from nothing, and says so, where that cannot be known', async () => {
    const log = recordingLog();
    const limits = memoryLimits({ now: () => NOON, storedToday: () => Promise.reject(new Error('away')), log });
    const answers = await Promise.all(Array.from({ length: 6 }, () => limits.take(request)));
    expect(answers.filter(({ outcome }) => outcome === 'taken')).toHaveLength(5);
    expect(log.messages()).toEqual(['What was sent today is not known: daily limits count from now']);
  });
});
