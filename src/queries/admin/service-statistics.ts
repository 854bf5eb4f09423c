import type { Pool } from 'pg';
import { done } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ServiceCounts, ServiceListItem, ServiceStatistics } from '../../messages/admin-services.ts';
import { leastId } from '../least-id.ts';
import { millis } from './columns.ts';
import { leastIdOf, londonMidnight } from './days.ts';

type CountRow = { type: keyof ServiceStatistics; status: string; count: number };

const DELIVERED = new Set(['delivered', 'sent']);
const FAILED = new Set([
  'failed',
  'technical-failure',
  'temporary-failure',
  'permanent-failure',
  'validation-failed',
  'virus-scan-failed',
]);

/** $1 service, $2 the least id of the first day. Ids begin with the time, so the index on (service_id, id) is enough. */
const COUNTS = `
select n.notification_type as type, split_part(n.state, '.', 1) as status, count(*)::int as count
from notification_requests r join notifications n on n.id = r.id
where r.service_id = $1 and r.id >= $2 and n.key_type <> 'test'
group by 1, 2`;

/** $1 and $2 least ids of the first day and of the day after the last, $3 only active ones, $4 test keys too. */
const LIST = `
select s.id, s.name, s.active, s.restricted, s.research_mode, ${millis('s.created_at')} as created_at,
  coalesce(counted.counts, '[]') as counts
from services s
left join (
  select service_id, json_agg(json_build_object('type', type, 'status', status, 'count', count) order by type) as counts
  from (
    select n.service_id, n.notification_type as type, split_part(n.state, '.', 1) as status, count(*)::int as count
    from notifications n
    where n.id >= $1 and n.id < $2 and (n.key_type <> 'test' or $4)
    group by 1, 2, 3
  ) as each
  group by service_id
) as counted on counted.service_id = s.id
where s.active or not $3
order by s.id`;

/** Messages of a service since London's midnight so many days ago, test keys' left out. Zeros for an unknown service. */
export async function readStatistics(pool: Pool, serviceId: string, days: number): Promise<ServiceStatistics> {
  const first = leastId(londonMidnight(Date.now(), -days));
  const { rows } = await pool.query<CountRow>({ name: 'service counts', text: COUNTS, values: [serviceId, first] });
  return statisticsOf(rows);
}

export function getStatistics(pool: Pool): AdminAction<'services.statistics'> {
  return async ({ serviceId, days }) => done(await readStatistics(pool, serviceId, days));
}

/** Every service with what it sent on some days. */
export function listServicesDetailed(pool: Pool): AdminAction<'services.listDetailed'> {
  return async ({ onlyActive, includeTestKeys, startDate, endDate }) => {
    const first = leastIdOf(startDate);
    const end = leastIdOf(endDate, 1);
    const { rows } = await pool.query<Omit<ServiceListItem, 'statistics'> & { counts: CountRow[] }>(LIST, [
      first,
      end,
      onlyActive,
      includeTestKeys,
    ]);
    return done(
      rows.map(({ counts, ...service }) => ({
        ...service,
        notification_type: counts[0]?.type ?? null,
        statistics: statisticsOf(counts),
      })),
    );
  };
}

/** ServiceStats of internal-api 4. */
function statisticsOf(rows: readonly CountRow[]): ServiceStatistics {
  const none = (): ServiceCounts => ({ requested: 0, delivered: 0, failed: 0 });
  const statistics = { email: none(), sms: none(), letter: none() };
  for (const { type, status, count } of rows) {
    const counts = statistics[type];
    if (status !== 'cancelled') counts.requested += count;
    if (DELIVERED.has(status)) counts.delivered += count;
    if (FAILED.has(status)) counts.failed += count;
  }
  return statistics;
}
