import type { Pool } from 'pg';
import { done } from '../../admin-refusal.ts';
import { isoDate, toLondonTime } from '../../content/london-time.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ProviderListItem, ProviderView } from '../../messages/admin-platform.ts';
import { millis } from './columns.ts';
import { leastIdOf } from './days.ts';

const COMMON = `
  p.id, p.display_name, p.identifier, p.priority, p.notification_type, p.active,
  ${millis('p.updated_at')} as updated_at, p.supports_international`;

/** $1 the least id of the month. Texts of test keys cost nothing. */
const LIST = `
select ${COMMON}, author.name as created_by_name,
  case when p.notification_type = 'sms' then coalesce(month.billable, 0) else 0 end as current_month_billable_sms
from provider_details p
left join users author on author.id = p.created_by_id
left join (
  select n.sent_by, sum(n.billable_units * coalesce(r.rate_multiplier, 1))::float8 as billable
  from notifications n join notification_requests r on r.id = n.id
  where n.id >= $1 and r.id >= $1 and n.notification_type = 'sms' and n.key_type <> 'test'
  group by n.sent_by
) as month on month.sent_by = p.identifier
order by p.notification_type, p.priority, p.identifier`;

const provider = (table: 'provider_details' | 'provider_details_history'): string => `
select ${COMMON}, p.version,
  case when author.id is not null then
    json_build_object('id', author.id, 'name', author.name, 'email_address', author.email_address)
  end as created_by
from ${table} p
left join users author on author.id = p.created_by_id
where p.id = $1`;

export function listProviders(pool: Pool): AdminAction<'providers.list'> {
  return async () => {
    const month = isoDate(toLondonTime(new Date())).slice(0, 7);
    const { rows } = await pool.query<ProviderListItem>(LIST, [leastIdOf(`${month}-01`)]);
    return done(rows);
  };
}

export function getProvider(pool: Pool): AdminAction<'providers.get'> {
  return async ({ id }) => done(await readProvider(pool, id));
}

export async function readProvider(pool: Pool, id: string): Promise<ProviderView | null> {
  const { rows } = await pool.query<ProviderView>(provider('provider_details'), [id]);
  return rows[0] ?? null;
}

/** Newest first; an unknown one has none. */
export function listProviderVersions(pool: Pool): AdminAction<'providers.versions'> {
  return async ({ id }) => {
    const { rows } = await pool.query<ProviderView>(`${provider('provider_details_history')} order by p.version desc`, [
      id,
    ]);
    return done(rows);
  };
}
