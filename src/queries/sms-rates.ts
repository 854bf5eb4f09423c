import type { Pool } from 'pg';
import { smsRate } from '../db/provider-directory.ts';
import { ttlCache } from '../db/ttl-cache.ts';

/** Pounds per text fragment at a moment, in milliseconds since the epoch; 0 before the first known rate. */
export type SmsRates = (at: number) => number | Promise<number>;

const HOUR_MS = 3_600_000;
/** Milliseconds: rates change about once a year, and never in hindsight. */
const TTL_MS = 60_000;
const MAX_HOURS = 1000;

/** Rates from table `rates`, kept by the hour: they begin at midnight. */
export function smsRates(pool: Pool): SmsRates {
  const cache = ttlCache<number>({ ttlMs: TTL_MS, max: MAX_HOURS, now: () => performance.now() });
  return (at) => {
    const hour = Math.floor(at / HOUR_MS);
    return cache.get(String(hour), async () => (await smsRate(pool, new Date(hour * HOUR_MS))) ?? 0);
  };
}
