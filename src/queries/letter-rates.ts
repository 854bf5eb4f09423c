import type { Pool } from 'pg';
import type { Postage } from '../content/letter-timings.ts';
import { isoDate, toLondonTime } from '../content/london-time.ts';
import { ttlCache } from '../db/ttl-cache.ts';

/** Pounds for a letter of so many sheets, made at a moment (milliseconds since the epoch); 0 where no rate is known. */
export type LetterRates = (at: number, sheets: number, postage: Postage) => number | Promise<number>;

/** Milliseconds: rates change about once a year, and never in hindsight. */
const TTL_MS = 60_000;
const MAX_RATES = 1000;

/** $1 London day, $2 sheets, $3 postage. The crown's rates and others' are the same. Source: letters-broadcasts 6.9. */
const RATE = `
select rate::float8 as rate from letter_rates
where crown and (start_date at time zone 'Europe/London')::date <= $1::date and sheet_count = $2 and post_class = $3
order by start_date desc limit 1`;

/** Rates from table `letter_rates`, kept by London's day. */
export function letterRates(pool: Pool): LetterRates {
  const cache = ttlCache<number>({ ttlMs: TTL_MS, max: MAX_RATES, now: () => performance.now() });
  return (at, sheets, postage) => {
    const day = isoDate(toLondonTime(new Date(at)));
    return cache.get(`${day} ${sheets} ${postage}`, async () => {
      const { rows } = await pool.query<{ rate: number }>(RATE, [day, sheets, postage]);
      return rows[0]?.rate ?? 0;
    });
  };
}
