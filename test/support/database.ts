import { createHash, randomBytes } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client, escapeIdentifier, type Pool } from 'pg';
import { MIGRATIONS } from '../../src/db/migrations/index.ts';
import { migrate, openOrm, pgPool } from '../../src/db/orm.ts';

export type TestDatabase = {
  orm: MikroORM;
  pool: Pool;
  address: { host: string; port: number; user: string; dbName: string };
  /** Closes the connections and removes the database. Safe to call twice. */
  drop(): Promise<void>;
};

const TEMPLATE_LOCK = 4_217_002;
const TEMPLATE_NAME = `template_${createHash('sha1')
  .update(MIGRATIONS.map(({ name }) => name).join())
  .digest('hex')
  .slice(0, 10)}`;

/** A migrated, seeded database of its own for the caller: a copy of one that is migrated once per test run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const dbName = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (server) => {
    await server.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureTemplate(server);
    await server.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
    await server.query(`create database ${dbName} template ${TEMPLATE_NAME} strategy file_copy`);
  });
  return openTestDatabase(dbName);
}

/** A database with nothing in it, for tests of the migrations. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  const dbName = `test_${randomBytes(6).toString('hex')}`;
  await onServer((server) => server.query(`create database ${dbName}`));
  return openTestDatabase(dbName);
}

async function openTestDatabase(dbName: string): Promise<TestDatabase> {
  const address = { ...serverAddress(), dbName };
  const orm = await openOrm(address);
  let isOpen = true;
  return {
    orm,
    pool: await pgPool(orm),
    address,
    drop: async () => {
      if (!isOpen) return;
      isOpen = false;
      await orm.close();
      await onServer((server) => server.query(`drop database ${escapeIdentifier(dbName)} with (force)`));
    },
  };
}

/** Renaming it when it is complete leaves no half-migrated template behind a failure. */
async function ensureTemplate(server: Client): Promise<void> {
  const { rowCount } = await server.query('select from pg_database where datname = $1', [TEMPLATE_NAME]);
  if (rowCount) return;
  const unfinished = `${TEMPLATE_NAME}_unfinished`;
  await server.query(`drop database if exists ${unfinished} with (force)`);
  await server.query(`create database ${unfinished}`);
  const orm = await openOrm({ ...serverAddress(), dbName: unfinished });
  try {
    await migrate(orm);
  } finally {
    await orm.close();
  }
  await server.query(`alter database ${unfinished} rename to ${TEMPLATE_NAME}`);
}

async function onServer<T>(work: (server: Client) => Promise<T>): Promise<T> {
  const { host, port, user } = serverAddress();
  const server = new Client({ host, port, user, database: 'postgres' });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

function serverAddress(): { host: string; port: number; user: string } {
  const host = process.env['TEST_POSTGRES_HOST'];
  if (host === undefined) throw new Error('TEST_POSTGRES_HOST is not set: run the tests through npm test');
  return { host, port: 5432, user: 'notify' };
}
