import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { failOpen } from '../limits/fail-open.ts';
import { type Limits, noLimits } from '../limits/limits.ts';
import { memoryLimits } from '../limits/memory-limits.ts';
import { postgresCounters } from '../limits/postgres-counters.ts';
import { sharedLimits } from '../limits/shared-limits.ts';
import { storedToday } from '../limits/stored-today.ts';
import type { LimitMeter } from '../metrics/limit-meter.ts';
import type { Clock } from '../runtime/clock.ts';

export type LimitsParts = {
  config: Pick<Config, 'API_RATE_LIMIT_ENABLED' | 'REDIS_URL' | 'NATS_URL'>;
  pool: Pool;
  clock: Clock;
  meter: LimitMeter;
  log: Logger;
};

export type OpenLimits = { limits: Limits; close(): Promise<void> };

/** Without an answer by then, a request is let through: Redis answers in one, or is not well. */
const REDIS_TIMEOUT_MS = 500;
/** The message itself waits for the same database. */
const DATABASE_TIMEOUT_MS = 5000;

const nothingToClose = async () => {};

/** Where limits are counted: in Redis where there is one, else in the database or, by a process alone, in memory. */
export async function openLimits({ config, pool, clock, meter, log }: LimitsParts): Promise<OpenLimits> {
  if (!config.API_RATE_LIMIT_ENABLED) return { limits: noLimits, close: nothingToClose };
  const now = () => clock.now();
  const shared = { storedToday: storedToday(pool, now), now, log };
  if (config.REDIS_URL) {
    const { redisCounters } = await import('../limits/redis-counters.ts');
    const { close, ...counters } = await redisCounters(config.REDIS_URL, now);
    const guard = meter.guard('Redis', failOpen({ store: 'Redis', timeoutMs: REDIS_TIMEOUT_MS, log }));
    return { limits: meter.limits(sharedLimits({ ...shared, counters, failOpen: guard })), close };
  }
  if (config.NATS_URL) {
    const guard = meter.guard('PostgreSQL', failOpen({ store: 'PostgreSQL', timeoutMs: DATABASE_TIMEOUT_MS, log }));
    const counters = postgresCounters(pool, clock);
    return { limits: meter.limits(sharedLimits({ ...shared, counters, failOpen: guard })), close: nothingToClose };
  }
  return { limits: meter.limits(memoryLimits(shared)), close: nothingToClose };
}
