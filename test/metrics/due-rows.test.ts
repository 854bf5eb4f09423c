import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keptFor } from '../../src/metrics/kept-for.ts';
import { openMetrics } from '../../src/metrics/metrics.ts';
import { dueRowsStatement, type ReadDueRows, readDueRows } from '../../src/queries/due-rows.ts';
import { recordingLog } from '../http/recording-log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { notificationBench } from '../support/notification-bench.ts';
import { samplesOf } from './samples.ts';

let database: TestDatabase;
let bench: ReturnType<typeof notificationBench>;

const KINDS = [
  { name: 'notification', pools: ['sms', 'email'], table: { name: 'notifications' } },
  { name: 'callback', pools: ['callbacks'], table: { name: 'delivery_status_callbacks' } },
];

beforeAll(async () => {
  database = await createTestDatabase();
  bench = notificationBench(database.pool);
});

afterAll(async () => {
  await bench?.runtime.stop(1000);
  await database?.drop();
});

/** Metrics that watch an otherwise idle process. */
async function read(readDueRows: ReadDueRows, log = recordingLog()) {
  const metrics = openMetrics();
  const poolLoad = () => bench.runtime.load();
  metrics.watch({ poolLoad, connections: database.pool, readDueRows, readProviders: () => [], log });
  return samplesOf((await metrics.read()).text);
}

const rows = () => readDueRows(database.pool, KINDS, () => bench.clock.now());

test('nothing is due: each kind of actor and pool says 0', async () => {
  const { sum } = await read(rows());
  for (const pool of ['sms', 'email', 'timer']) {
    expect(sum('actor_rows_due', { actor: 'notification', pool })).toBe(0);
    expect(sum('actor_rows_overdue', { actor: 'notification', pool })).toBe(0);
    expect(sum('actor_rows_oldest_due_seconds', { actor: 'notification', pool })).toBe(0);
  }
  expect(sum('actor_rows_due', { actor: 'callback', pool: 'callbacks' })).toBe(0);
});

test('rows are due from their deadline on, and overdue a minute later', async () => {
  const [late, due, waiting] = [await bench.start(), await bench.start(), await bench.start()];
  for (const id of [late, due, waiting]) await bench.settled(id, 'sending.awaitingReceipt');
  const setDeadline = (id: string, secondsAgo: number) =>
    database.pool.query(`update notifications set wake_at = now() - make_interval(secs => $2) where id = $1`, [
      id,
      secondsAgo,
    ]);
  await setDeadline(late, 600);
  await setDeadline(due, 30);
  const { sum } = await read(rows());
  const timers = { actor: 'notification', pool: 'timer' };
  expect(sum('actor_rows_due', timers)).toBe(2);
  expect(sum('actor_rows_overdue', timers)).toBe(1);
  expect(sum('actor_rows_oldest_due_seconds', timers)).toBeGreaterThan(590);
  expect(sum('actor_rows_overdue', { actor: 'notification', pool: 'sms' })).toBe(0);
});

test('the table is read by its index on pool and deadline', async () => {
  const explained = await database.pool.query<{ 'QUERY PLAN': string }>(`explain ${dueRowsStatement(KINDS)}`, [1, 0]);
  const plan = explained.rows.map((line) => line['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Index (Only )?Scan using notifications\S*_pool_wake_at_idx/);
  expect(plan).not.toContain('Seq Scan');
});

test('while rows cannot be read, the rest is told, and the log says why', async () => {
  const log = recordingLog();
  const { sum } = await read(() => Promise.reject(new Error('The database is away')), log);
  expect(sum('actor_rows_due')).toBeUndefined();
  expect(sum('effect_pool_effects', { pool: 'sms', state: 'running' })).toBe(0);
  expect(log.lines).toHaveLength(1);
});

test('rows are read once for many scrapes, and anew when what is kept is old', async () => {
  const time = { now: 0 };
  let reads = 0;
  const kept = keptFor(
    1000,
    async () => ++reads,
    () => time.now,
  );
  expect(await Promise.all([kept(), kept()])).toEqual([1, 1]);
  time.now = 999;
  expect(await kept()).toBe(1);
  time.now = 1000;
  expect(await kept()).toBe(2);
});

test('a failed reading is not kept', async () => {
  let reads = 0;
  const kept = keptFor(1000, async () => {
    if (++reads === 1) throw new Error('away');
    return reads;
  });
  await expect(kept()).rejects.toThrow('away');
  expect(await kept()).toBe(2);
});
