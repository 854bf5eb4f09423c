import type { Pool } from 'pg';
import { leastId } from './least-id.ts';

/** Active text providers that deliver too slowly, by identifier, and how many do not. */
export type ReadSlowProviders = () => Promise<{ slow: string[]; others: number }>;

/** Texts made in this time count. Source: workflows 3.7, as of 2026; the same holds for the next two. */
const WINDOW_MS = 900_000;
/** A text that takes this long is slow. */
const SLOW_MS = 300_000;
/** Share of slow texts from which on a provider is slow. */
const THRESHOLD = 0.15;

/** $1 the least id of the window, $2 now and $3 the time that is slow: milliseconds. A provider without texts is not slow. */
const READ = `
select p.identifier, coalesce(share.slow, 0) >= ${THRESHOLD} as "isSlow"
from provider_details p
left join (
  select sent_by, avg((
    case split_part(state, '.', 1) when 'delivered' then updated_at else to_timestamp($2::float8 / 1000) end - sent_at
      >= $3::float8 * interval '1 millisecond'
  )::int4) as slow
  from notifications
  where id >= $1 and notification_type = 'sms' and key_type <> 'test' and sent_at is not null
    and split_part(state, '.', 1) in ('delivered', 'pending', 'sending')
  group by sent_by
) as share on share.sent_by = p.identifier
where p.notification_type = 'sms' and p.active`;

/** `now` is milliseconds since the epoch. */
export function readSlowProviders(pool: Pool, now: () => number): ReadSlowProviders {
  return async () => {
    const at = now();
    const { rows } = await pool.query<{ identifier: string; isSlow: boolean }>(READ, [
      leastId(at - WINDOW_MS),
      at,
      SLOW_MS,
    ]);
    const slow = rows.filter(({ isSlow }) => isSlow).map(({ identifier }) => identifier);
    return { slow, others: rows.length - slow.length };
  };
}
