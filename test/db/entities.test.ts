import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ENTITIES } from '../../src/db/entities/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

/** A value of each column type that is not the column's default. */
function sample(property: { columnTypes: string[]; items?: unknown }, position: number): unknown {
  const type = property.columnTypes[0] ?? '';
  if (Array.isArray(property.items)) return property.items.at(-1);
  if (type === 'uuid') return randomUUID();
  if (type === 'boolean') return position % 2 === 0;
  if (type.startsWith('timestamptz')) return new Date(Date.UTC(2026, 0, 1, 0, 0, position, 123));
  if (type === 'date') return '2026-03-29';
  if (type === 'json' || type === 'jsonb') return { position };
  if (type === 'numeric') return '0.0165';
  if (type === 'double precision') return 2.5;
  if (type === 'int' || type === 'bigint') return 100 + position;
  if (type === 'text' || type.startsWith('varchar')) return `text ${position}`;
  throw new Error(`No sample for column type ${type}`);
}

// The columns are under test, not the keys between tables.
async function withoutForeignKeys(em: EntityManager, work: () => Promise<void>): Promise<void> {
  await em.begin();
  try {
    await em.execute('set local session_replication_role = replica');
    await work();
  } finally {
    await em.rollback();
  }
}

test.each(ENTITIES.map(({ meta }) => meta.className))('every column of a %s survives a round trip', async (name) => {
  const em = database.orm.em.fork();
  const meta = [...em.getMetadata().getAll().values()].find(({ className }) => className === name);
  if (meta === undefined) throw new Error('The entity was not discovered');
  const given = Object.fromEntries(meta.props.map((property, position) => [property.name, sample(property, position)]));
  // Columns with a check take one of the values that it allows.
  if (meta.tableName === 'users') Object.assign(given, { state: 'active' });
  if (meta.tableName === 'template_email_files') Object.assign(given, { retentionPeriod: 26 });
  await withoutForeignKeys(em, async () => {
    await em.insert(meta.class, given);
    em.clear();
    const key = Object.fromEntries(meta.primaryKeys.map((primaryKey) => [primaryKey, given[primaryKey]]));
    expect({ ...(await em.findOneOrFail(meta.class, key)) }).toEqual(given);
  });
});
