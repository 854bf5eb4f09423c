import type { Pool } from 'pg';
import { TIMER_POOL } from '../runtime/row.ts';

/** Rows of one kind of actor in one pool whose deadline has passed. */
export type DueRows = {
  actor: string;
  pool: string;
  /** Rows that owe an effect and that no node holds, or whose timer is to fire; at most `MOST_COUNTED`. */
  due: number;
  /** Of these, the ones due for more than a minute: nobody looks after them, or there is too much to do. */
  overdue: number;
  /** Milliseconds since the oldest was due; 0 for none. */
  oldestMs: number;
};

export type ReadDueRows = () => Promise<DueRows[]>;

/** A kind of actor, as far as finding its rows needs it. */
export type Kind = { name: string; pools: readonly string[]; table: { name: string } };

/** Counting stops here: a backlog of millions costs no more than one of this many. */
export const MOST_COUNTED = 10_000;
const OVERDUE_MS = 60_000;

/** Each part is a short range of the table's index on pool and time. */
const dueOf = ({ name, pools, table }: Kind) => `
select '${name}' as actor, pool,
  (${counted(table.name, 'wake_at <= to_timestamp($1::float8 / 1000)')}) as due,
  (${counted(table.name, 'wake_at <= to_timestamp($2::float8 / 1000)')}) as overdue,
  greatest(0, $1::float8 - coalesce(extract(epoch from (
    select wake_at from ${table.name} r where r.pool = p.pool and wake_at is not null order by wake_at limit 1
  )) * 1000, $1::float8))::float8 as "oldestMs"
from unnest(array[${[...pools, TIMER_POOL].map((pool) => `'${pool}'`).join(', ')}]) p (pool)`;

function counted(table: string, condition: string): string {
  return `select count(*)::int from (select from ${table} r where r.pool = p.pool and ${condition} limit ${MOST_COUNTED}) found`;
}

/** One statement for all kinds. $1 now, $2 the time before which rows are overdue: milliseconds since the epoch. */
export function dueRowsStatement(kinds: readonly Kind[]): string {
  return kinds.map(dueOf).join(' union all ');
}

/** Reads what is due of all kinds. `now` is milliseconds since the epoch. */
export function readDueRows(pool: Pool, kinds: readonly Kind[], now: () => number): ReadDueRows {
  const sql = dueRowsStatement(kinds);
  return async () => {
    const at = now();
    const { rows } = await pool.query<DueRows>(sql, [at, at - OVERDUE_MS]);
    return rows;
  };
}
