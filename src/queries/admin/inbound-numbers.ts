import type { Pool } from 'pg';
import { done } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { InboundNumberView } from '../../messages/admin-inbound.ts';
import { millis } from './columns.ts';

const NUMBER = `
select n.id, n.number, n.provider, n.active, ${millis('n.created_at')} as created_at,
  ${millis('n.updated_at')} as updated_at,
  case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as service
from inbound_numbers n
left join services s on s.id = n.service_id`;

/** In the order of their last change. */
export function listInboundNumbers(pool: Pool): AdminAction<'inboundNumbers.list'> {
  return async () => done((await pool.query<InboundNumberView>(`${NUMBER} order by n.updated_at, n.number`)).rows);
}

/** Those that a service can have. */
export function listAvailableNumbers(pool: Pool): AdminAction<'inboundNumbers.available'> {
  return async () => {
    const { rows } = await pool.query<InboundNumberView>(
      `${NUMBER} where n.active and n.service_id is null order by n.number`,
    );
    return done(rows);
  };
}

export async function readNumbers(pool: Pool, ids: string[]): Promise<InboundNumberView[]> {
  const { rows } = await pool.query<InboundNumberView>(`${NUMBER} where n.id = any($1) order by n.number`, [ids]);
  return rows;
}

export function getNumberOfService(pool: Pool): AdminAction<'inboundNumbers.ofService'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<InboundNumberView>(`${NUMBER} where n.service_id = $1`, [serviceId]);
    return done(rows[0] ?? null);
  };
}
