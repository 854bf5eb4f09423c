import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { ownCpuSeconds, serverCpuSeconds } from './cpu.ts';

/** Costs of a stretch of time; CPU in seconds for a thousand units of work, WAL in bytes for each. */
export type Costs = { perSecond: number; appCpu: number; databaseCpu: number; walBytes: number };

type Watched = { pool: Pool; postmaster: number; count(): number; failure: Promise<never> };

/** What `ms` milliseconds of a load that runs already cost. Rejects when the load fails meanwhile. */
export async function measure({ pool, postmaster, count, failure }: Watched, ms: number): Promise<Costs> {
  const read = async () => {
    const { rows } = await pool.query<{ wal: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal`,
    );
    return {
      at: performance.now(),
      count: count(),
      app: ownCpuSeconds(),
      database: serverCpuSeconds(postmaster),
      wal: rows[0]?.wal ?? Number.NaN,
    };
  };
  const before = await read();
  await Promise.race([sleep(ms), failure]);
  const after = await read();
  const done = after.count - before.count;
  return {
    perSecond: (done / (after.at - before.at)) * 1000,
    appCpu: ((after.app - before.app) / done) * 1000,
    databaseCpu: ((after.database - before.database) / done) * 1000,
    walBytes: (after.wal - before.wal) / done,
  };
}
