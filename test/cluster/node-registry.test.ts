import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { Postgres } from '../../chaos/postgres.ts';
import { ReferenceClock } from '../../src/runtime/clock.ts';
import { NodeRegistry } from '../../src/runtime/postgres/node-registry.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

type Member = { registry: NodeRegistry; clock: ReferenceClock; pool: Pool; died: number[]; cut(): Promise<void> };

const quiet = { error: () => {}, warn: () => {} };
const until = async (condition: () => boolean) => {
  while (!condition()) await sleep(20);
};

/** A node with connections of its own, as a process has. */
async function join(config: ConstructorParameters<typeof Pool>[0], clock = new ReferenceClock()): Promise<Member> {
  const pool = new Pool(config);
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const died: number[] = [];
  const onDeath = async (dead: number[]) => {
    died.push(...dead);
  };
  const registry = new NodeRegistry({ pool, clock, name: 'test', log: quiet, onDeath });
  await registry.join();
  const cut = async () => {
    const killer = new Pool(config);
    await killer.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = $1 and objsubid = 2`,
      [registry.node],
    );
    await killer.end();
  };
  return { registry, clock, pool, died, cut };
}

async function leave({ registry, pool }: Member): Promise<void> {
  await registry.leave();
  await pool.end();
}

describe('who is alive', () => {
  let database: TestDatabase;
  let config: ConstructorParameters<typeof Pool>[0];

  beforeAll(async () => {
    database = await createTestDatabase();
    const { dbName, ...address } = database.address;
    config = { ...address, database: dbName };
  });
  afterAll(() => database.drop());

  test('nodes have numbers of their own and see each other; one that leaves is seen no more, and is not dead', async () => {
    const first = await join(config);
    const second = await join(config);
    expect(second.registry.node).not.toBe(first.registry.node);
    expect(second.registry.liveOthers()).toEqual([first.registry.node]);
    await until(() => first.registry.liveOthers().includes(second.registry.node));
    await leave(second);
    await until(() => first.registry.liveOthers().length === 0);
    expect(first.died).toEqual([]);
    await leave(first);
  });

  test('a node whose process is gone is dead for all others, once it was missed twice', async () => {
    const [first, second, third] = [await join(config), await join(config), await join(config)];
    const gone = third.registry.node;
    await until(() => [first, second].every(({ registry }) => registry.liveOthers().includes(gone)));
    third.pool.options.host = '/nowhere';
    await third.cut();
    await until(() => [first, second].every(({ registry }) => !registry.liveOthers().includes(gone)));
    expect([...first.died, ...second.died]).toContain(gone);
    for (const member of [first, second, third]) await leave(member);
  });

  test('a node that joins takes at once what nodes that are gone have left', async () => {
    const { rows } = await database.pool.query<{ id: number }>(`insert into nodes (name) values ('gone') returning id`);
    const member = await join(config);
    expect(member.died).toEqual(rows.map(({ id }) => id));
    await leave(member);
  });

  test('a node whose connection was cut takes its lock again before it is missed', async () => {
    const [first, second] = [await join(config), await join(config)];
    await until(() => first.registry.liveOthers().includes(second.registry.node));
    await second.cut();
    await sleep(3000);
    expect(first.died).toEqual([]);
    expect(first.registry.liveOthers()).toEqual([second.registry.node]);
    await leave(first);
    await leave(second);
  });

  test("every node's clock follows the database's, whatever its own machine says", async () => {
    const clock = new ReferenceClock();
    clock.adjust(Date.now() + 3_600_000, 0);
    const member = await join(config, clock);
    const { rows } = await database.pool.query<{ now: Date }>('select clock_timestamp() as now');
    expect(Math.abs((rows[0]?.now.getTime() ?? 0) - clock.now())).toBeLessThan(5000);
    await leave(member);
  });

  test('an answer that took long does not move a clock that is set', () => {
    const clock = new ReferenceClock();
    const set = Date.now() + 3_600_000;
    clock.adjust(set, 0);
    clock.adjust(0, 30_000);
    expect(clock.now()).toBeGreaterThanOrEqual(set);
  });
});

test('a restart of the database kills nobody', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'notify-registry-'));
  chmodSync(dir, 0o755);
  const postgres = new Postgres(dir);
  await postgres.start();
  const config = { ...postgres.database, database: 'postgres' };
  const setUp = new Pool(config);
  await setUp.query(
    'create table nodes (id int generated always as identity primary key, name text, left_at timestamptz)',
  );
  await setUp.end();
  const [first, second] = [await join(config), await join(config)];
  await postgres.stop();
  await postgres.start();
  const third = await join(config);
  await sleep(3000);
  for (const { died } of [first, second, third]) expect(died).toEqual([]);
  await until(() => [first, second].every(({ registry }) => registry.liveOthers().length === 2));
  for (const member of [first, second, third]) await leave(member);
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}, 60_000);
