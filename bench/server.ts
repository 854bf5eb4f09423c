import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/db/embedded-postgres.ts';

/** How a peer reaches its database. `host` is a socket's directory. */
export type Connection = { host: string; port: number; user: string; database: string };

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A PostgreSQL of the benchmark's own, fsync on, gone with its data at the end. */
export type BenchServer = {
  version: string;
  /** Process id, for counting CPU. */
  postmaster: number;
  /** A new empty database and a checkpoint, so that no run pays for the one before. */
  freshDatabase(): Promise<Connection>;
  dropDatabase(connection: Connection): Promise<void>;
  checkpoint(): Promise<void>;
  stop(): Promise<void>;
};

export async function startServer(): Promise<BenchServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'notify-bench-'));
  chmodSync(dataDir, 0o755);
  const { host, port, user, stop } = await startEmbeddedPostgres(dataDir);
  const admin = new pg.Client({ host, port, user, database: 'postgres' });
  await admin.connect();
  const one = async (sql: string) => Object.values((await admin.query<Record<string, string>>(sql)).rows[0] ?? {})[0];
  const pidFile = (await one(`select pg_read_file('postmaster.pid')`)) ?? '';
  const remove = async () => {
    const elsewhere = locationOf(dataDir);
    await admin.end();
    await stop();
    for (const dir of [dataDir, elsewhere]) if (dir) rmSync(dir, { recursive: true, force: true });
  };
  const interrupted = () => void remove().finally(() => process.exit(1));
  for (const signal of SIGNALS) process.once(signal, interrupted);
  return {
    version: (await one('show server_version')) ?? '',
    postmaster: Number.parseInt(pidFile, 10),
    freshDatabase: async () => {
      const database = `bench_${randomBytes(4).toString('hex')}`;
      await admin.query(`create database ${database}`);
      await admin.query('checkpoint');
      return { host, port, user, database };
    },
    dropDatabase: async ({ database }) => {
      await admin.query(`drop database ${database} with (force)`);
    },
    checkpoint: async () => {
      await admin.query('checkpoint');
    },
    stop: async () => {
      for (const signal of SIGNALS) process.off(signal, interrupted);
      await remove();
    },
  };
}

/** Where the cluster lives when the account that runs it cannot reach the data directory. */
function locationOf(dataDir: string): string | null {
  try {
    return readFileSync(path.join(dataDir, 'postgres.location'), 'utf8').trim();
  } catch {
    return null;
  }
}
