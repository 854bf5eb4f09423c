import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import type { SendOutcome } from '../../machines/notification.types.ts';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { notificationBench } from '../support/notification-bench.ts';

const LEASE_MS = 5000;

const accepted = (attempt: number): SendOutcome => ({
  outcome: 'accepted',
  attempt,
  provider: 'mmg',
  providerReference: null,
  billableUnits: 1,
});

describe('two nodes whose database goes away', () => {
  let database: TestDatabase;
  let isAway = false;
  let running: Runtime[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  afterEach(async () => {
    isAway = false;
    await Promise.all(running.map((runtime) => runtime.stop(0)));
    running = [];
  });

  /** The database as a node sees it: refused while it is away. */
  function pool(): Pool {
    const { pool: real } = database;
    const query = (...args: Parameters<Pool['query']>) =>
      isAway ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' })) : real.query(...args);
    return Object.assign(Object.create(real), { query }) as Pool;
  }

  function node(number: number) {
    const bench = notificationBench(pool(), { node: number });
    bench.runtime.run();
    running.push(bench.runtime);
    return bench;
  }

  test('a call that ended meanwhile is saved before others take over what seems lost: it is not made again', async () => {
    const [holder, other] = [node(1), node(2)];
    const gate = Promise.withResolvers<void>();
    holder.answer = async ({ attempt }) => {
      await gate.promise;
      return accepted(attempt);
    };
    const id = await holder.start();
    while (holder.calls.length === 0) await sleep(10);
    isAway = true;
    gate.resolve();
    await sleep(LEASE_MS + 1000);
    isAway = false;
    await other.settled(id, 'sending.awaitingReceipt');
    expect(holder.calls).toHaveLength(1);
    expect(other.calls).toEqual([]);
  });

  test('a node that stops begins nothing more: what it is sent goes to others', async () => {
    const [leaving, other] = [node(1), node(2)];
    await leaving.runtime.stop(0);
    const id = await leaving.start();
    await other.settled(id, 'sending.awaitingReceipt');
    expect(leaving.calls).toEqual([]);
    expect(other.calls).toEqual([{ id, attempt: 1 }]);
    expect(other.runtime.actor(NOTIFICATION).recent.get(id)?.context).toMatchObject({ attempts: 1 });
  });
});
