import type { Pool } from 'pg';
import type { Actions } from '../messages.ts';

type Read = Actions['status.read'];
type CountLive = Actions['status.countLive'];
export type ReadStatus = () => Promise<Read['result']>;
export type CountLiveServices = () => Promise<CountLive['result']>;

const LAST_MIGRATION = 'select name from mikro_orm_migrations order by id desc limit 1';
const LIVE = `
select count(*)::int as services, count(distinct s.organisation_id)::int as organisations
from services s left join organisation o on o.id = s.organisation_id
where s.active and not s.restricted and s.count_as_live and (o.id is null or o.active)`;

/** The name of the last migration that the database has had; null for one that had none. */
export function readStatus(pool: Pool): ReadStatus {
  return async () => {
    const { rows } = await pool.query<{ name: string }>(LAST_MIGRATION);
    return { databaseVersion: rows[0]?.name ?? null };
  };
}

/** Live services, and the organisations that have one. */
export function countLive(pool: Pool): CountLiveServices {
  return async () => {
    const { rows } = await pool.query<CountLive['result']>(LIVE);
    return rows[0] ?? { organisations: 0, services: 0 };
  };
}
