import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setup } from 'xstate';
import { announced, effect } from '../../machines/effect.ts';
import type { ActorType } from '../../src/runtime/actor-type.ts';
import { ReferenceClock } from '../../src/runtime/clock.ts';
import { type Hint, nowhereElse } from '../../src/runtime/dispatch.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { IN_TRANSIT } from '../../src/runtime/membership.ts';
import { Pool } from '../../src/runtime/pool.ts';
import { PostgresStore } from '../../src/runtime/postgres/postgres-store.ts';
import { Runtime } from '../../src/runtime/runtime.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

type Parcel = { weight: number };

const OLD_NODE = 1;
const NEW_NODE = 2;
const LEASE_MS = 1000;

const parts = setup({
  types: { context: {} as Parcel, input: {} as Parcel, events: {} as { type: string; at: number } },
  actors: { carry: effect<undefined, undefined>(), weigh: effect<undefined, undefined>() },
  actions: { tell: announced },
});

/** The parcel as it was: carried, then there. */
const oldChart = parts.createMachine({
  id: 'parcel',
  context: ({ input }) => input,
  initial: 'carrying',
  states: {
    carrying: { invoke: { id: 'carry', src: 'carry', onDone: 'there' }, on: { 'lease.expired': 'carrying' } },
    there: { type: 'final', entry: 'tell' },
  },
});

/** Its next version rests for a moment and weighs it first. */
const newChart = parts.createMachine({
  id: 'parcel',
  context: ({ input }) => input,
  initial: 'resting',
  states: {
    resting: { after: { 100: 'weighing' } },
    weighing: {
      invoke: { id: 'weigh', src: 'weigh', onDone: 'carrying' },
      on: { 'lease.expired': { target: 'weighing', reenter: true } },
    },
    carrying: { invoke: { id: 'carry', src: 'carry', onDone: 'there' }, on: { 'lease.expired': 'carrying' } },
    there: { type: 'final', entry: 'tell' },
  },
});

describe('two versions of a chart side by side', () => {
  let database: TestDatabase;
  let running: Runtime[] = [];
  let errors: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.pool.query(
      `create table parcels (id uuid primary key, version int not null, state text not null, wake_at timestamptz,
       pool text, leased_by int, timers text, trail text not null, weight int not null)`,
    );
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    errors = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((runtime) => runtime.stop(0)));
    running = [];
    await database.pool.query('truncate parcels');
  });

  function node(machine: typeof oldChart | typeof newChart, number: number, others: number[]) {
    const clock = new ReferenceClock();
    const begun: string[] = [];
    const run = (name: string) => async () => {
      begun.push(name);
      return undefined;
    };
    const parcel: ActorType<Parcel> = {
      name: 'parcel',
      machine,
      table: { name: 'parcels', columns: { weight: { name: 'weight', type: 'int4' } } },
      pools: ['carts'],
      pool: () => 'carts',
      fairnessKey: () => '',
      effects: { carry: run('carry'), weigh: run('weigh') },
      announcements: { tell: () => {} },
      loadPayloads: async () => new Map(),
    };
    const store = new PostgresStore(database.pool, [parcel as unknown as ActorType]);
    const note = (_facts: object, message: string) => void errors.push(message);
    const runtime = new Runtime({
      store,
      clock,
      membership: { node: number, liveOthers: () => others },
      dispatch: nowhereElse,
      pools: { carts: new Pool({ concurrency: 5, queue: 5 }) },
      leaseMs: LEASE_MS,
      tickMs: 20,
      log: { error: note, warn: note },
    });
    runtime.register(parcel, { weight: 1 });
    running.push(runtime);
    const row = async (id: string) => (await store.load('parcel', [id]))[0];
    const state = async (id: string, wanted: string) => {
      while ((await row(id))?.state !== wanted) await sleep(10);
    };
    return { runtime, begun, clock, row, state };
  }

  test.each([
    ['resting', 'a timer'],
    ['weighing', 'an effect'],
  ])('an old node leaves rows in %s, which only owe %s to a chart it has not, as they are', async (state) => {
    const old = node(oldChart, OLD_NODE, [NEW_NODE]);
    const next = node(newChart, NEW_NODE, [OLD_NODE]);
    const id = timeOrderedId(next.clock.now());
    await next.runtime.start('parcel', id, { weight: 1 });
    await database.pool.query(
      `update parcels set state = $1, wake_at = now(), leased_by = null, pool = $2 where id = $3`,
      [state, state === 'resting' ? 'timer' : 'carts', id],
    );
    const before = await next.row(id);
    old.runtime.run();
    await sleep(500);
    expect(await next.row(id)).toEqual(before);
    expect(old.begun).toEqual([]);
    expect(errors).toEqual([]);
    next.runtime.run();
    await next.state(id, 'there');
  });

  test('a hint that an old node cannot run is given back, and a new node takes it before its lease is over', async () => {
    const old = node(oldChart, OLD_NODE, [NEW_NODE]);
    const next = node(newChart, NEW_NODE, [OLD_NODE]);
    const id = timeOrderedId(next.clock.now());
    await next.runtime.start('parcel', id, { weight: 1 });
    const until = next.clock.now() + 60_000;
    await database.pool.query(
      `update parcels set state = 'weighing', pool = 'carts', leased_by = $1, wake_at = to_timestamp($2 / 1000.0)`,
      [IN_TRANSIT, until],
    );
    const row = await next.row(id);
    if (!row) throw new Error('The row is gone');
    const hint: Hint = { type: 'parcel', row, payload: null };
    old.runtime.receive(hint);
    next.runtime.run();
    await next.state(id, 'there');
    expect(old.begun).toEqual([]);
    expect(next.begun).toEqual(['weigh', 'carry']);
  });

  test('work that both versions know is shared while one replaces the other, each effect run once', async () => {
    const old = node(oldChart, OLD_NODE, [NEW_NODE]);
    const next = node(newChart, NEW_NODE, [OLD_NODE]);
    for (const { runtime } of [old, next]) runtime.run();
    const ids = Array.from({ length: 60 }, () => timeOrderedId(old.clock.now()));
    await Promise.all(ids.map((id, index) => (index % 2 ? old : next).runtime.start('parcel', id, { weight: index })));
    for (const id of ids) await old.state(id, 'there');
    const begun = [...old.begun, ...next.begun];
    expect(begun.filter((name) => name === 'carry')).toHaveLength(60);
    expect(begun.filter((name) => name === 'weigh')).toHaveLength(30);
  });
});
