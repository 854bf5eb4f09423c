import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Config } from '../config/config.ts';
import { isAlive, startEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { type DatabaseAddress, ensureDatabase, migrate, openOrm, pgPool } from '../db/orm.ts';

export type Database = {
  orm: MikroORM;
  pool: Pool;
  /** True while there was no data before this start. */
  created: boolean;
  close(): Promise<void>;
};

const DATABASE_NAME = 'notify';
const DEFAULT_PORT = 5432;

/** Another process already runs on the same data directory. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
}

/**
 * Opens the database and brings its tables up to date: the one that `DATABASE_URL` names, or an embedded one that this
 * process owns and stops. `tell` hears what takes long.
 *
 * @throws {DataDirInUse}
 */
export async function openDatabase(config: Config, tell: (line: string) => void): Promise<Database> {
  const options = { poolMax: config.DATABASE_POOL };
  if (config.DATABASE_URL) {
    const orm = await openOrm(addressOf(config.DATABASE_URL), options);
    return prepared(orm, tell, false, async () => {});
  }
  const release = own(config.DATA_DIR);
  const server = await startEmbeddedPostgres(config.DATA_DIR, {
    onCreate: () => tell(`Creating a database in ${path.resolve(config.DATA_DIR)} (first start only)`),
  });
  const stop = async () => {
    await server.stop();
    release();
  };
  const orm = await openOrm(
    { host: server.host, port: server.port, user: server.user, dbName: DATABASE_NAME },
    options,
  );
  return prepared(orm, tell, server.created, stop);
}

/**
 * As the URL says it, or by its parameter `host` where that is the directory of a Unix socket:
 * `postgres://user@localhost/name?host=/run/postgresql`.
 */
function addressOf(url: string): DatabaseAddress {
  const { username, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host');
  if (!host?.startsWith('/')) return { clientUrl: url };
  const dbName = decodeURIComponent(pathname.slice(1));
  return { host, port: Number(port || DEFAULT_PORT), user: decodeURIComponent(username), dbName };
}

async function prepared(
  orm: MikroORM,
  tell: (line: string) => void,
  created: boolean,
  stop: () => Promise<void>,
): Promise<Database> {
  try {
    await ensureDatabase(orm);
    const applied = await migrate(orm);
    if (applied.length > 0) tell(`Applied ${applied.length} migrations`);
    const close = async () => {
      await orm.close();
      await stop();
    };
    return { orm, pool: await pgPool(orm), created, close };
  } catch (error) {
    await orm.close();
    await stop();
    throw error;
  }
}

/** Marks the data directory as this process's; a dead process's mark does not count. */
function own(dataDir: string): () => void {
  const mark = path.join(dataDir, 'app.pid');
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  if (existsSync(mark)) {
    const pid = Number(readFileSync(mark, 'utf8'));
    if (pid !== process.pid && isAlive(pid) && isOurs(pid)) {
      throw new DataDirInUse(
        `Process ${pid} already runs with ${path.resolve(dataDir)}: stop it, or set another DATA_DIR`,
      );
    }
  }
  writeFileSync(mark, String(process.pid));
  return () => rmSync(mark, { force: true });
}

/** Whether a process is one of this program's: its number may belong to another by now. */
function isOurs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('main.ts');
  } catch {
    return process.platform !== 'linux';
  }
}
