import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ensurePartitions } from '../../src/db/partitions.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { notificationBench, request } from '../support/notification-bench.ts';

const WEEK_MS = 7 * 86_400_000;

describe('partitions', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  const partitions = async (table: string) => {
    const { rows } = await database.pool.query<{ name: string }>(
      'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1',
      [table],
    );
    return rows.map(({ name }) => name);
  };
  const partitionOf = async (id: string) => {
    const { rows } = await database.pool.query(
      'select tableoid::regclass::text as name from notifications where id = $1',
      [id],
    );
    return rows[0]?.name;
  };

  test('this week and the next exist once the tables are up to date', async () => {
    const names = await partitions('notifications');
    expect(names).toHaveLength(3);
    expect(names.at(-1)).toBe('notifications_default');
    await Promise.all([ensurePartitions(database.pool), ensurePartitions(database.pool)]);
    expect(await partitions('notifications')).toEqual(names);
  });

  test('a notification is kept with those of its week', async () => {
    const bench = notificationBench(database.pool);
    const id = await bench.start();
    expect(await partitionOf(id)).toMatch(/^notifications_\d{8}$/);
  });

  test('an id of another kind waits in the default partition, and moves if a new week would hold it', async () => {
    const bench = notificationBench(database.pool);
    const later = Date.now() + 5 * WEEK_MS;
    const foreign = `${later
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})/, '$1-')}-4abc-8def-0123456789ab`;
    await bench.runtime.start('notification', foreign, bench.input(), request);
    expect(await partitionOf(foreign)).toBe('notifications_default');
    await ensurePartitions(database.pool, later);
    expect(await partitionOf(foreign)).toMatch(/^notifications_\d{8}$/);
  });

  test('look-ups by id touch one partition', async () => {
    const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(
      "explain select * from notifications where id = '019aa000-0000-7000-8000-000000000000'",
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan.match(/Index Scan/g)).toHaveLength(1);
  });
});
