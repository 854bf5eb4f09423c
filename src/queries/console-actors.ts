import type { Pool } from 'pg';

/** What a kind of actor is doing now. */
export type ActorCounts = {
  /** Rows by state path: all that have not ended, and those that have and began in the last 24 hours. */
  byState: Map<string, number>;
  overdue: { rows: number; oldestMs: number };
  /** Rows that owe an effect and that no node holds, by pool. */
  waiting: Map<string, number>;
};

export type ReadActors = (name: string) => Promise<ActorCounts>;

/** A kind of actor, as far as counting its rows needs it. */
type Kind = { name: string; table: { name: string } };

/** How far back ended rows are counted. Ids begin with their time, so the primary key finds them. */
const ENDED_WITHIN_MS = 86_400_000;
/** A deadline that passed longer ago than this was not met in time. */
const OVERDUE_MS = 5000;

/** $1 the least id of an ended row that counts. */
const byState = (table: string) => `
select state, count(*)::int as rows from (
  select state from ${table} where wake_at is not null
  union all select state from ${table} where wake_at is null and id >= $1) counted
group by state`;

/** $1 now, $2 milliseconds of patience. */
const overdue = (table: string) => `
select count(*)::int as rows, coalesce($1::float8 - extract(epoch from min(wake_at)) * 1000, 0)::float8 as "oldestMs"
from ${table} where wake_at < to_timestamp(($1::float8 - $2) / 1000)`;

const waiting = (table: string) => `
select pool, count(*)::int as rows from ${table}
where wake_at is not null and leased_by is null and pool <> 'timer' group by pool`;

/** Counts rows, for the operators' pages. `types` are the kinds of actor, with their tables. */
export function readActors(pool: Pool, types: readonly Kind[], now: () => number): ReadActors {
  return async (name) => {
    const table = types.find((type) => type.name === name)?.table.name;
    if (table === undefined) throw new Error(`No actor is called ${name}`);
    const at = now();
    const [states, late, pools] = await Promise.all([
      pool.query<{ state: string; rows: number }>(byState(table), [leastId(at - ENDED_WITHIN_MS)]),
      pool.query<{ rows: number; oldestMs: number }>(overdue(table), [at, OVERDUE_MS]),
      pool.query<{ pool: string; rows: number }>(waiting(table)),
    ]);
    return {
      byState: new Map(states.rows.map(({ state, rows }) => [state, rows])),
      overdue: late.rows[0] ?? { rows: 0, oldestMs: 0 },
      waiting: new Map(pools.rows.map((row) => [row.pool, row.rows])),
    };
  };
}

/** The least id that a row made at a time can have. Milliseconds since the epoch. */
export function leastId(at: number): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
