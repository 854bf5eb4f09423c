import type { Pool } from 'pg';
import { lowestId } from '../db/partitions.ts';
import type { DailyLimitType } from './limits.ts';
import { dayOf, startOfDay } from './utc-day.ts';

export type DailyCounts = Readonly<Record<DailyLimitType, number>>;

/** What a service has stored since the UTC day began and counts for its limits: what a lost count begins again with. */
export type StoredToday = (serviceId: string) => Promise<DailyCounts>;

type CountRow = { type: 'sms' | 'email' | 'letter'; count: number; abroad: number };

/** $1 service, $2 the lowest id of the day: ids begin with the time, and the indexes on (service_id, id) are used. */
const COUNTS = `
select n.notification_type as type, count(*)::int as count,
  count(*) filter (where n.notification_type = 'sms' and r.normalised_to not like '44%')::int as abroad
from notification_requests r join notifications n on n.id = r.id
where r.service_id = $1 and r.id >= $2 and n.id >= $2 and n.key_type <> 'test'
group by 1
union all
select 'letter', count(*)::int, 0
from letter_requests r join letters l on l.id = r.id
where r.service_id = $1 and r.id >= $2 and l.id >= $2 and l.key_type <> 'test'`;

/** Reads the database at each call; callers that ask for a service at the same time share one statement. */
export function storedToday(pool: Pool, now: () => number): StoredToday {
  const underWay = new Map<string, Promise<DailyCounts>>();
  return (serviceId) => {
    const shared = underWay.get(serviceId);
    if (shared) return shared;
    const started = countStored(pool, serviceId, startOfDay(dayOf(now()))).finally(() => underWay.delete(serviceId));
    underWay.set(serviceId, started);
    return started;
  };
}

async function countStored(pool: Pool, serviceId: string, since: number): Promise<DailyCounts> {
  const { rows } = await pool.query<CountRow>(COUNTS, [serviceId, lowestId(since)]);
  const counts = { sms: 0, email: 0, letter: 0, international_sms: 0 };
  for (const { type, count, abroad } of rows) {
    counts[type] = count;
    if (type === 'sms') counts.international_sms = abroad;
  }
  return counts;
}
