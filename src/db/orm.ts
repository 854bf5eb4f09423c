import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { type Pool, TypeOverrides } from 'pg';
import { ENTITIES } from './entities/index.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { ensurePartitions } from './partitions.ts';

/** A database: by URL, or by `host` (a name, or the directory of a Unix socket, which a URL cannot express). */
export type DatabaseAddress = { clientUrl: string } | { host: string; port: number; user: string; dbName: string };

export type OrmOptions = {
  /** Connections of this process; at least 2, since migrating holds one for its lock. Default 10. */
  poolMax?: number;
  /** Milliseconds after which the server gives up on a statement. Default 30 000; 0 means never. */
  statementTimeoutMs?: number;
  /** Receives the text of each statement, without its parameters. Default: nothing is logged. */
  onQuery?: (sql: string) => void;
};

const DEFAULT_POOL_MAX = 10;
const DEFAULT_STATEMENT_TIMEOUT_MS = 30_000;
const TIMESTAMPTZ_OID = 1184;
/**
 * How the server plans our statements. Plans are kept by connections for long: one that was made while a table was empty
 * must not scan it when it is full. Compiling a plan takes longer than any of our statements, and so does planning those
 * for one row anew each time: charged eight times its default, it is done once for a connection.
 */
export const PLANNER = '-c enable_seqscan=off -c jit=off -c cpu_operator_cost=0.02';
/** Any number will do, as long as every process of the service uses the same one. */
const MIGRATION_LOCK = 4_217_001;

/**
 * Opens the database lazily: a wrong address shows at the first statement. Use one for the whole process, and
 * `orm.em.fork()` for each unit of work. Timestamps read through `pgPool` are `Date`s, as in entities.
 */
export async function openOrm(address: DatabaseAddress, options: OrmOptions = {}): Promise<MikroORM> {
  const { onQuery } = options;
  return MikroORM.init({
    ...address,
    entities: [...ENTITIES],
    extensions: [Migrator],
    forceUtcTimezone: true,
    pool: { min: 0, max: options.poolMax ?? DEFAULT_POOL_MAX },
    driverOptions: {
      options: PLANNER,
      statement_timeout: options.statementTimeoutMs ?? DEFAULT_STATEMENT_TIMEOUT_MS,
      onPoolCreated: (pool: Pool) => readTimestampsAsDates(pool),
    },
    migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true },
    schemaGenerator: { createForeignKeyConstraints: false, ignoreTriggers: true },
    ...(onQuery && { debug: ['query'], logger: onQuery, colors: false }),
  });
}

/** Creates the database when the server does not have it yet. Tables come from `migrate`. */
export async function ensureDatabase(orm: MikroORM): Promise<void> {
  await orm.schema.ensureDatabase();
}

/**
 * Applies the migrations that the database does not have, all or none. Safe to call from many processes at once: one
 * works, the others wait for it. Calls `onProgress` with the name of each applied migration; returns these names.
 */
export async function migrate(orm: MikroORM, onProgress?: (name: string) => void): Promise<string[]> {
  const pool = await pgPool(orm);
  const lock = await pool.connect();
  try {
    await lock.query(`set statement_timeout = 0; select pg_advisory_lock(${MIGRATION_LOCK})`);
    const names = (await orm.migrator.up()).map(({ name }) => name);
    for (const name of names) onProgress?.(name);
    await ensurePartitions(pool);
    return names;
  } finally {
    // Closes the connection instead of returning it, which frees the lock and forgets the setting.
    lock.release(true);
  }
}

/** The pool that entities use too, for hand-written SQL with `$1` parameters. Ends with `orm.close()`. */
export function pgPool(orm: MikroORM): Promise<Pool> {
  return orm.em.getDriver().getConnection().getNativeClient();
}

/** The ORM has its connections return timestamps as text and parses them itself; it accepts `Date`s as well. */
function readTimestampsAsDates(pool: Pool): void {
  if (pool.options.types instanceof TypeOverrides) {
    pool.options.types.setTypeParser(TIMESTAMPTZ_OID, (text: string) => new Date(text));
  }
}
