import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { OVER_RATE, SCRIPTS, TAKEN, UNKNOWN } from './redis-scripts.ts';
import type { DayAnswer, SharedCounters } from './shared-counters.ts';

export type RedisCounters = SharedCounters & { close(): Promise<void> };

/** Milliseconds. Also how long opening waits for the first connection. */
const CONNECT_TIMEOUT_MS = 500;
const LONGEST_RECONNECT_MS = 1000;
/** A connection on which nothing moved for so long is dead: without calls there are still pings. */
const SILENCE_MS = 1500;
const PING_MS = 500;
const CLOSE_MS = 500;

/**
 * Counters in the Redis at `url`, which the admin application reads too; one script for each call, those of one turn of
 * the event loop written together. Calls made while there is no connection reject at once. `now` is in milliseconds
 * since the epoch.
 */
export async function redisCounters(url: string, now: () => number): Promise<RedisCounters> {
  const client = createClient({
    url,
    scripts: SCRIPTS,
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    // The client's own costs a signal for each command.
    commandOptions: { timeout: 0 },
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) => Math.min(retries * 50, LONGEST_RECONNECT_MS),
    },
  });
  // It connects again by itself; calls that fail meanwhile are logged by their callers.
  client.on('error', () => {});
  const connected = client.connect().catch(() => {});
  await Promise.race([connected, sleep(CONNECT_TIMEOUT_MS)]);

  return {
    take: async (bucket, day) => {
      const reply = await client.take(now() / 1000, bucket, day);
      return reply === OVER_RATE ? { outcome: 'over-rate' } : answer(reply);
    },
    reserve: async (day) => answer(await client.reserve(day)),
    begin: async (day, count) => {
      await client.begin(day, count);
    },
    release: async (day) => {
      await client.release(day);
    },
    close: async () => {
      if (client.isReady) await Promise.race([client.close(), sleep(CLOSE_MS)]);
      client.destroy();
    },
  };
}

function answer(reply: number): DayAnswer {
  if (reply === TAKEN) return { outcome: 'taken' };
  return reply === UNKNOWN ? { outcome: 'unknown' } : { outcome: 'over-daily', count: reply };
}
