import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClient } from '@redis/client';
import { failOpen } from '../../src/limits/fail-open.ts';
import { type RedisCounters, redisCounters } from '../../src/limits/redis-counters.ts';
import { sharedLimits } from '../../src/limits/shared-limits.ts';
import { recordingLog } from '../http/recording-log.ts';
import { freePorts } from '../support/free-ports.ts';
import { describeWithRedis } from '../support/needs-programs.ts';
import { RedisServer } from '../support/redis-server.ts';
import {
  ask,
  count,
  NOON,
  NOTHING,
  REQUEST,
  SERVICE,
  type SharedScene,
  testSharedLimits,
} from './shared-limits-contract.ts';

describeWithRedis('limits counted in Redis', () => {
  let redis: RedisServer;
  let counters: RedisCounters[];
  let now = NOON;
  const log = recordingLog();

  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    redis = new RedisServer(port);
    await redis.start();
    counters = await Promise.all([0, 1].map(() => redisCounters(redis.url, () => now)));
  });
  afterAll(async () => {
    await Promise.all((counters ?? []).map((each) => each.close()));
    await redis?.kill();
  });

  const commands = async (...lines: string[][]): Promise<unknown[]> => {
    const client = await createClient({ url: redis.url }).connect();
    const replies: unknown[] = [];
    for (const line of lines) replies.push(await client.sendCommand(line));
    client.destroy();
    return replies;
  };

  const open = async (): Promise<SharedScene> => {
    await commands(['FLUSHALL'], ['SCRIPT', 'FLUSH']);
    now = NOON;
    log.clear();
    const scene = { stored: NOTHING };
    const limits = counters.map((each) =>
      sharedLimits({
        counters: each,
        failOpen: failOpen({ store: 'Redis', timeoutMs: 500, log }),
        storedToday: async () => scene.stored,
        now: () => now,
        log,
      }),
    );
    const [one, other] = limits;
    if (!one || !other) throw new Error('There are two');
    return Object.assign(scene, {
      limits: [one, other] as const,
      moveTo: (to: number) => {
        now = to;
      },
    });
  };

  testSharedLimits(open);

  test('the keys are those of GOV.UK Notify, and the day has 24 hours from its first message', async () => {
    const { limits } = await open();
    await limits[0].take({ ...REQUEST, ratePerMinute: 3000 });
    const day = `${SERVICE}-sms-2026-03-02-count`;
    const bucket = `${SERVICE}-tokens-normal`;
    const [keys, value, expiry, tokens, bucketExpiry] = await commands(
      ['KEYS', '*'],
      ['GET', day],
      ['TTL', day],
      ['HGET', bucket, 'tokens'],
      ['TTL', bucket],
    );
    expect((keys as string[]).sort()).toEqual([day, bucket].sort());
    expect([value, tokens, bucketExpiry]).toEqual(['1', '999', -1]);
    expect(expiry).toBeGreaterThan(86_000);
    expect(expiry).toBeLessThanOrEqual(86_400);
  });

  const isLimited = async (scene: SharedScene): Promise<void> => {
    while (count(await ask(scene, { limit: 10 }, 1), 'over-daily') === 0) await sleep(20);
  };

  test.each([
    ['killed', () => redis.kill(), () => redis.start()],
    ['standing still', async () => redis.pause(), async () => redis.resume()],
  ])(
    'while Redis is %s everything passes; afterwards limits hold again, without a hand',
    async (_, away, back) => {
      const scene = await open();
      expect(count(await ask(scene, { limit: 10 }, 1), 'taken')).toBe(10);
      expect(log.lines).toEqual([]);
      const load = ask(scene, { limit: 1_000_000 }, 200);
      await away();
      expect(count(await load, 'taken')).toBe(10_000);
      expect(count(await ask(scene, { limit: 10 }, 10), 'taken')).toBe(500);
      const message = expect.stringMatching(/^Redis error performing (take|release|begin|reserve) on 1{8}-.*/);
      expect(log.lines[0]).toMatchObject({ level: 'error', message });
      await back();
      await isLimited(scene);
    },
    30_000,
  );
});
