import type { Pool } from 'pg';
import type { Clock } from '../runtime/clock.ts';
import { inCompany } from './in-company.ts';
import { BEGIN_DAY, DELETE_DAYS, RELEASE_PLACES, RESERVE_PLACES, TAKE_TOKENS } from './postgres-statements.ts';
import type { BucketTake, DayAnswer, DayCount, DayTake, SharedCounters } from './shared-counters.ts';
import { bucketCapacity } from './token-bucket.ts';
import { dateOf, dayOf } from './utc-day.ts';

type BucketRow = { key: string; granted: number };
type DayRow = { key: string; granted: number; count: number | null };

/** What several items want of one row: the newest of them, whose limit holds for all, and how many they are. */
type Wanted<Item> = { item: Item; wanted: number };

/** Counters in unlogged tables; what gathers while a statement is in flight goes into the next one. */
export function postgresCounters(pool: Pool, clock: Clock): SharedCounters {
  const takeToken = inCompany<BucketTake, boolean>(clock, async (items) => {
    const rows = await takeTokens(pool, byKey(items, bucketRowKey), clock.now() / 1000);
    return items.map((item) => {
      const row = rows.get(bucketRowKey(item));
      return row !== undefined && row.granted-- > 0;
    });
  });
  const reserve = inCompany<DayTake, DayAnswer>(clock, async (items) => {
    const rows = await reservePlaces(pool, byKey(items, dayRowKey));
    return items.map((item) => {
      const row = rows.get(dayRowKey(item));
      if (!row || row.count === null) return { outcome: 'unknown' };
      return row.granted-- > 0 ? { outcome: 'taken' } : { outcome: 'over-daily', count: row.count };
    });
  });
  const release = inCompany<DayCount, null>(clock, async (items) => {
    await releasePlaces(pool, byKey(items, dayRowKey));
    return items.map(() => null);
  });

  return {
    take: async (bucket, day) => {
      if (!(await takeToken(bucket))) return { outcome: 'over-rate' };
      return day === null ? { outcome: 'taken' } : reserve(day);
    },
    reserve,
    begin: async ({ date, serviceId, type }, count) => {
      await pool.query({ name: 'begin day', text: BEGIN_DAY, values: [date, serviceId, type, count] });
    },
    release: async (day) => {
      await release(day);
    },
  };
}

/** Deletes the counts of days before yesterday. Safe to repeat and to call from many processes. */
export async function deleteOldCounts(pool: Pool, now: number): Promise<void> {
  await pool.query(DELETE_DAYS, [dateOf(dayOf(now) - 1)]);
}

async function takeTokens(
  pool: Pool,
  groups: Wanted<BucketTake>[],
  nowSeconds: number,
): Promise<Map<string, BucketRow>> {
  const values = [
    groups.map(({ item }) => item.serviceId),
    groups.map(({ item }) => item.keyType),
    groups.map(({ item }) => item.ratePerMinute),
    groups.map(({ item }) => bucketCapacity(item.ratePerMinute)),
    groups.map(({ wanted }) => wanted),
    nowSeconds,
  ];
  const { rows } = await pool.query<BucketRow>({ name: 'take tokens', text: TAKE_TOKENS, values });
  return new Map(rows.map((row) => [row.key, row]));
}

async function reservePlaces(pool: Pool, groups: Wanted<DayTake>[]): Promise<Map<string, DayRow>> {
  const values = [...dayColumns(groups), groups.map(({ item }) => item.limit), groups.map(({ wanted }) => wanted)];
  const { rows } = await pool.query<DayRow>({ name: 'reserve places', text: RESERVE_PLACES, values });
  return new Map(rows.map((row) => [row.key, row]));
}

async function releasePlaces(pool: Pool, groups: Wanted<DayCount>[]): Promise<void> {
  const values = [...dayColumns(groups), groups.map(({ wanted }) => wanted)];
  await pool.query({ name: 'release places', text: RELEASE_PLACES, values });
}

function dayColumns(groups: Wanted<DayCount>[]): string[][] {
  return [
    groups.map(({ item }) => item.date),
    groups.map(({ item }) => item.serviceId),
    groups.map(({ item }) => item.type),
  ];
}

/** In the order of the keys: all processes lock rows in one order, so none waits for another that waits for it. */
function byKey<Item>(items: Item[], keyOf: (item: Item) => string): Wanted<Item>[] {
  const groups = new Map<string, Wanted<Item>>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, { item, wanted: (groups.get(key)?.wanted ?? 0) + 1 });
  }
  return [...groups.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
}

function bucketRowKey({ serviceId, keyType }: BucketTake): string {
  return serviceId + keyType;
}

function dayRowKey({ serviceId, type, date }: DayCount): string {
  return serviceId + type + date;
}
