import type { Pool, PoolClient } from 'pg';

type Partitioned = { table: string; storage: string };

const CHANGING = 'fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0';
const WRITTEN_ONCE = 'fillfactor = 100';

/** Tables whose rows come and go by time. Their ids are time-ordered, so a range of ids is a range of time. */
const PARTITIONED: Partitioned[] = [
  { table: 'notifications', storage: CHANGING },
  { table: 'notification_requests', storage: WRITTEN_ONCE },
  { table: 'delivery_status_callbacks', storage: CHANGING },
  { table: 'service_callbacks', storage: CHANGING },
  { table: 'letters', storage: CHANGING },
  { table: 'letter_requests', storage: WRITTEN_ONCE },
];

const WEEK_MS = 7 * 86_400_000;
/** 5 January 1970, a Monday. */
const FIRST_MONDAY = 4 * 86_400_000;
/** Weeks that exist before they begin. */
const WEEKS_AHEAD = 1;
/** Any number will do, as long as every process of the service uses the same one. */
const PARTITION_LOCK = 4_217_004;

/**
 * Makes sure that the partitions of this week and the next exist. Safe to repeat and to call from many processes.
 * Ids that are not time-ordered stay in each table's default partition.
 */
export async function ensurePartitions(pool: Pool, now = Date.now()): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [PARTITION_LOCK]);
    for (const partitioned of PARTITIONED) {
      for (let week = 0; week <= WEEKS_AHEAD; week++) await ensureWeek(client, partitioned, now + week * WEEK_MS);
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [PARTITION_LOCK]);
    client.release();
  }
}

async function ensureWeek(client: PoolClient, { table, storage }: Partitioned, instant: number): Promise<void> {
  const monday = instant - ((instant - FIRST_MONDAY) % WEEK_MS);
  const name = `${table}_${new Date(monday).toISOString().slice(0, 10).replaceAll('-', '')}`;
  const { rowCount } = await client.query('select from pg_class where relname = $1', [name]);
  if (rowCount) return;
  const [from, to] = [lowestId(monday), lowestId(monday + WEEK_MS)];
  // A foreign id may lie in the range by chance: the default partition must give it up before the new one is attached.
  await client.query(`
    begin;
    create table ${name} (like ${table} including all) with (${storage});
    with moved as (delete from ${table}_default where id >= '${from}' and id < '${to}' returning *)
      insert into ${name} select * from moved;
    alter table ${table} attach partition ${name} for values from ('${from}') to ('${to}');
    commit`);
}

/** The lowest id that can be made at an instant. */
export function lowestId(instant: number): string {
  const time = instant.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
