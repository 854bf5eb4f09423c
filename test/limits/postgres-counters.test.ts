import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { failOpen } from '../../src/limits/fail-open.ts';
import type { Limits, TakeRequest } from '../../src/limits/limits.ts';
import { memoryLimits } from '../../src/limits/memory-limits.ts';
import { deleteOldCounts, postgresCounters } from '../../src/limits/postgres-counters.ts';
import { sharedLimits } from '../../src/limits/shared-limits.ts';
import { recordingLog } from '../http/recording-log.ts';
import { ManualClock } from '../machines/manual-clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  ask,
  count,
  NOON,
  NOTHING,
  OTHER,
  REQUEST,
  SERVICE,
  type SharedScene,
  testSharedLimits,
} from './shared-limits-contract.ts';

const log = recordingLog();

/** As one of several processes has them; nothing is stored unless `stored` says so. */
function limitsOf(database: TestDatabase, clock: ManualClock, stored = async () => NOTHING): Limits {
  return sharedLimits({
    counters: postgresCounters(database.pool, clock),
    failOpen: failOpen({ store: 'PostgreSQL', timeoutMs: 5000, log }),
    storedToday: stored,
    now: () => clock.now(),
    log,
  });
}

describe('limits counted in PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  const open = async (): Promise<SharedScene> => {
    await database.pool.query('truncate rate_limit_buckets, daily_limit_counts');
    log.clear();
    const clock = new ManualClock(NOON);
    const scene = { stored: NOTHING };
    const limits = () => limitsOf(database, clock, async () => scene.stored);
    return Object.assign(scene, { limits: [limits(), limits()] as const, moveTo: (to: number) => clock.moveTo(to) });
  };

  testSharedLimits(open);

  const wish = fc.record({
    serviceId: fc.constantFrom(SERVICE, OTHER),
    keyType: fc.constantFrom('normal' as const, 'team' as const, 'test' as const),
    type: fc.constantFrom('sms' as const, 'email' as const),
    isFirst: fc.boolean(),
  });
  /** What is asked at one instant, on either of two processes, and how long after the last it is asked. */
  const moment = fc.record({
    afterMs: fc.oneof(fc.nat(3000), fc.nat(100_000_000)),
    wishes: fc.array(wish, { minLength: 1, maxLength: 40 }),
  });

  test('whatever is asked in whatever order, they grant what counters in memory grant', async () => {
    const property = fc.asyncProperty(
      fc.array(moment, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(0, 6, 60, 100),
      fc.constantFrom(0, 5, 20),
      async (moments, ratePerMinute, limit) => {
        const scene = await open();
        let now = NOON;
        const model = memoryLimits({ now: () => now });
        for (const { afterMs, wishes } of moments) {
          now += afterMs;
          scene.moveTo(now);
          for (const isFirst of [true, false]) {
            const requests: TakeRequest[] = wishes
              .filter((each) => each.isFirst === isFirst)
              .map(({ serviceId, keyType, type }) => ({ serviceId, keyType, type, ratePerMinute, limit }));
            const expected = await Promise.all(requests.map((request) => model.take(request)));
            const answers = await Promise.all(requests.map((request) => scene.limits[isFirst ? 0 : 1].take(request)));
            const outcomes = (all: typeof answers) => all.map(({ outcome }) => outcome);
            expect(outcomes(answers)).toEqual(outcomes(expected));
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  }, 60_000);

  test('counts of the last days go, those of today and yesterday stay', async () => {
    const scene = await open();
    for (const day of [0, 1, 2]) {
      scene.moveTo(NOON + day * 86_400_000);
      await scene.limits[0].take(REQUEST);
    }
    await deleteOldCounts(database.pool, NOON + 2 * 86_400_000);
    const { rows } = await database.pool.query<{ day: string }>('select day::text from daily_limit_counts order by 1');
    expect(rows.map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-04']);
  });

  test('counts that the server lost begin again with what is stored', async () => {
    const scene = await open();
    await ask(scene, { limit: 30 }, 1);
    scene.stored = { ...NOTHING, sms: 30 };
    await database.pool.query('truncate daily_limit_counts');
    expect(count(await ask(scene, { limit: 35 }, 1), 'taken')).toBe(5);
  });

  test('while they cannot be reached everything passes, which the log says; then they hold again', async () => {
    const scene = await open();
    await ask(scene, { limit: 10 }, 1);
    await database.pool.query('alter table rate_limit_buckets rename to away');
    const passed = await ask(scene, { limit: 10 }, 2);
    await database.pool.query('alter table away rename to rate_limit_buckets');
    expect(count(passed, 'taken')).toBe(100);
    expect(log.lines[0]).toMatchObject({
      level: 'error',
      message: `PostgreSQL error performing take on ${SERVICE}-tokens-normal`,
    });
    while (count(await ask(scene, { limit: 10 }, 1), 'over-daily') === 0) await sleep(20);
  }, 20_000);
});
