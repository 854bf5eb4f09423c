import type { Pool } from 'pg';
import { leastId } from './least-id.ts';

/** What a kind of actor is doing now. */
export type ActorCounts = {
  /** Rows by state path: all that have not ended, and those that have and began in the last 24 hours. */
  byState: Map<string, number>;
  overdue: { rows: number; oldestMs: number };
  /** Rows that owe an effect and that no node holds, by pool. */
  waiting: Map<string, number>;
};

export type ReadActors = (chart: string) => Promise<ActorCounts>;

/** A kind of actor, as far as counting its rows needs it. Several kinds may have one chart. */
type Kind = { machine: { id: string }; table: { name: string } };

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

/** Counts the rows of a chart, for the operators' pages. `types` are the kinds of actor, with their tables. */
export function readActors(pool: Pool, types: readonly Kind[], now: () => number): ReadActors {
  return async (chart) => {
    const tables = types.filter(({ machine }) => machine.id === chart).map((type) => type.table.name);
    if (tables.length === 0) throw new Error(`No actor has the chart ${chart}`);
    const table = allOf(tables);
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

/** The rows of all the tables, as what stands behind `from`. */
function allOf(tables: readonly string[]): string {
  const [only, ...others] = tables;
  if (only !== undefined && others.length === 0) return only;
  const columns = 'id, state, wake_at, pool, leased_by';
  return `(${tables.map((table) => `select ${columns} from ${table}`).join(' union all ')}) actors`;
}
