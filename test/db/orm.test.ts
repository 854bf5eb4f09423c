import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { User } from '../../src/db/entities/identity.ts';
import { Organisation, UserToOrganisation } from '../../src/db/entities/organisations.ts';
import { ensureDatabase, openOrm, pgPool } from '../../src/db/orm.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

test('the pool reads timestamps as dates and so do entities', async () => {
  const { rows } = await database.pool.query("select timestamptz '2026-03-29 01:30:00.123+01' as at");
  expect(rows).toEqual([{ at: new Date('2026-03-29T00:30:00.123Z') }]);
  const user = await database.orm.em.fork().findOneOrFail(User, { name: 'Notify service user' });
  expect(user.createdAt).toBeInstanceOf(Date);
});

test('the server gives up on a statement after the time allowed', async () => {
  const orm = await openOrm(database.address, { statementTimeoutMs: 20 });
  try {
    const pool = await pgPool(orm);
    await expect(pool.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' });
  } finally {
    await orm.close();
  }
});

test('a row and the rows that refer to it are written by one flush in any order', async () => {
  const em = database.orm.em.fork();
  const [userId, organisationId] = [randomUUID(), randomUUID()];
  em.create(UserToOrganisation, { userId, organisationId });
  em.create(Organisation, { id: organisationId, name: 'A public body', agreementSignedById: userId });
  em.create(User, { id: userId, name: 'A', emailAddress: 'a@example.gov.uk', password: '*', authType: 'email_auth' });
  await em.flush();
  expect(await em.fork().findOne(UserToOrganisation, { organisationId })).toMatchObject({ userId, organisationId });
});

test('a missing database is created, an existing one is left alone', async () => {
  const { host, port, user } = database.address;
  const orm = await openOrm({ host, port, user, dbName: `test_${randomUUID().replaceAll('-', '')}` });
  try {
    await ensureDatabase(orm);
    await ensureDatabase(orm);
    expect(await orm.checkConnection()).toMatchObject({ ok: true });
  } finally {
    await orm.schema.dropDatabase();
    await orm.close();
  }
});

test('statements are reported without the values in them', async () => {
  const seen: string[] = [];
  const orm = await openOrm(database.address, { onQuery: (sql) => seen.push(sql) });
  try {
    await orm.em.fork().findOne(User, { emailAddress: 'private@example.gov.uk' });
  } finally {
    await orm.close();
  }
  expect(seen.join()).toContain('email_address');
  expect(seen.join()).not.toContain('private');
});
