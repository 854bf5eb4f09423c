import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NotificationContext, SendOutcome } from '../../machines/notification.types.ts';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Bench, notificationBench, request } from '../support/notification-bench.ts';

describe('a notification on the real store', () => {
  let database: TestDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    bench = notificationBench(database.pool);
    await database.pool.query('truncate notifications, notification_requests, delivery_status_callbacks');
  });
  afterAll(() => database?.drop());

  const stored = async (id: string) => {
    const { rows } = await database.pool.query('select * from notifications where id = $1', [id]);
    return rows[0];
  };

  test('is durable with its request when start resolves, and owes its call under a lease', async () => {
    bench.answer = () => new Promise<SendOutcome>(() => {});
    const id = await bench.start();
    expect(await stored(id)).toMatchObject({
      state: 'created.calling',
      version: 1,
      leased_by: 1,
      pool: 'sms',
      attempts: 1,
    });
    const { rows } = await database.pool.query('select recipient from notification_requests where id = $1', [id]);
    expect(rows).toEqual([{ recipient: request.recipient }]);
  });

  test('moves to sending when the provider accepts it, and waits for its receipt until a nightly run', async () => {
    const id = await bench.start();
    await bench.settled(id, 'sending.awaitingReceipt');
    const row = await stored(id);
    expect(row).toMatchObject({ version: 2, sent_by: 'mmg', leased_by: null, pool: 'timer', billable_units: 1 });
    expect(row.wake_at.getTime()).toBeGreaterThan(bench.clock.now() + 72 * 3_600_000);
    expect(row.trail).toMatch(/^\d+ start created\.calling\n\d+ sendToProvider\.done sending\.awaitingReceipt\n$/);
  });

  test('a receipt ends it, makes one callback in the same commit, and a second receipt is refused', async () => {
    bench.callback = { callbackApiId: crypto.randomUUID(), callbackApiVersion: 1 };
    const id = await bench.start();
    await bench.settled(id, 'sending.awaitingReceipt');
    const receipt = { type: 'receipt.delivered', provider: 'mmg' };
    const [first, second] = await Promise.all([bench.send(id, receipt), bench.send(id, receipt)]);
    expect([first.outcome, second.outcome].sort()).toEqual(['accepted', 'refused']);
    expect(await stored(id)).toMatchObject({ state: 'delivered', wake_at: null, pool: null });
    const { rows } = await database.pool.query('select notification_id, attempts from delivery_status_callbacks');
    expect(rows).toEqual([{ notification_id: id, attempts: 1 }]);
  });

  test('an id that exists is not started twice', async () => {
    const id = await bench.start();
    await expect(bench.runtime.start(NOTIFICATION, id, bench.input(), request)).resolves.toBe('exists');
    await bench.settled(id, 'sending.awaitingReceipt');
    expect(bench.calls).toHaveLength(1);
  });

  test('a receipt that overtakes the answer keeps its status, and the answer fills in what is missing', async () => {
    const early = Promise.withResolvers<SendOutcome>();
    bench.answer = () => early.promise;
    const id = await bench.start();
    await bench.send(id, { type: 'receipt.delivered', provider: 'mmg' });
    early.resolve({ outcome: 'accepted', attempt: 1, provider: 'mmg', providerReference: null, billableUnits: 2 });
    await bench.until(async () => (await stored(id)).sent_at !== null);
    expect(await stored(id)).toMatchObject({ state: 'delivered', sent_by: 'mmg', billable_units: 2 });
  });

  test('an unknown id is told apart from a refusal', async () => {
    await expect(bench.send(crypto.randomUUID(), { type: 'receipt.delivered' })).resolves.toEqual({
      outcome: 'unknown',
    });
  });

  test('after a failed first attempt a text goes again at once, then after five minutes', async () => {
    bench.runtime.run();
    bench.answer = ({ attempt }) =>
      Promise.resolve({ outcome: 'failed', attempt, provider: 'mmg', reason: 'x', billableUnits: 1 });
    const id = await bench.start();
    await bench.until(async () => (await stored(id)).attempts === 2 && (await stored(id)).state === 'created.backoff');
    const row = await stored(id);
    expect(row.wake_at.getTime() - bench.clock.now()).toBeGreaterThan(290_000);
    await bench.runtime.stop(1000);
  });

  test('what a dead node held is tried again, once, as an attempt whose outcome is lost', async () => {
    bench.answer = () => new Promise<SendOutcome>(() => {});
    const id = await bench.start();
    const other = notificationBench(database.pool, { node: 2 });
    await other.expire([1]);
    other.runtime.run();
    await other.settled(id, 'sending.awaitingReceipt');
    expect(await stored(id)).toMatchObject({ attempts: 2, outcome_was_lost: true });
    expect(other.calls).toEqual([{ id, attempt: 2 }]);
    await other.runtime.stop(1000);
  });

  test('a death makes the rows of the dead node due, and leaves those that are on their way to a living one', async () => {
    bench.answer = () => new Promise<SendOutcome>(() => {});
    const [held, inTransit] = [await bench.start(), await bench.start()];
    await database.pool.query('update notifications set leased_by = 0 where id = $1', [inTransit]);
    expect(await bench.expire([1])).toBe(1);
    expect((await stored(held)).wake_at.getTime()).toBeLessThanOrEqual(bench.clock.now());
    expect((await stored(inTransit)).wake_at.getTime()).toBeGreaterThan(bench.clock.now());
  });

  test('rows that found no room wait in the database, due, and are taken up as places come free', async () => {
    const small = notificationBench(database.pool, { concurrency: 2, queue: 3 });
    const gate = Promise.withResolvers<void>();
    small.answer = async ({ attempt }) => {
      await gate.promise;
      return { outcome: 'accepted', attempt, provider: 'mmg', providerReference: null, billableUnits: 1 };
    };
    const ids = await Promise.all(Array.from({ length: 40 }, () => small.start()));
    const { rows } = await database.pool.query('select count(*)::int as n from notifications where leased_by is null');
    // One service gets three of the five places: as many as are free, and both that run at once.
    expect(rows).toEqual([{ n: 37 }]);
    small.runtime.run();
    gate.resolve();
    await Promise.all(ids.map((id) => small.settled(id, 'sending.awaitingReceipt')));
    expect(small.calls).toHaveLength(40);
    await small.runtime.stop(1000);
  });

  test('a service whose backlog fills memory and database delays nobody else', async () => {
    const small = notificationBench(database.pool, { concurrency: 1, queue: 9 });
    const accepted = ({ attempt }: { attempt: number }): SendOutcome => ({
      outcome: 'accepted',
      attempt,
      provider: 'mmg',
      providerReference: null,
      billableUnits: 1,
    });
    const gates: (() => void)[] = [];
    small.answer = async (call) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return accepted(call);
    };
    small.runtime.run();
    await Promise.all(Array.from({ length: 100 }, () => small.start()));
    await small.clock.sleep(200);
    const newcomer = await small.start({ serviceId: crypto.randomUUID() });
    for (let turn = 0; turn < 2; turn++) {
      await small.until(async () => gates.length > turn);
      gates[turn]?.();
    }
    await small.until(async () => gates.length > 2);
    const begun = small.calls.map(({ id }) => id);
    small.answer = async (call) => accepted(call);
    for (const open of gates) open();
    await small.runtime.stop(1000);
    expect(begun).toContain(newcomer);
  });

  test('a context survives its columns unchanged', async () => {
    const id = await bench.start();
    await bench.settled(id, 'sending.awaitingReceipt');
    const [row] = await bench.store.load(NOTIFICATION, [id]);
    const expected: Partial<NotificationContext> = {
      ...bench.input(),
      createdAt: expect.any(Number) as unknown as number,
      attempts: 1,
      outcomeWasLost: false,
      sentAt: expect.any(Number) as unknown as number,
      sentBy: 'mmg',
      providerReference: null,
    };
    expect(row?.context).toMatchObject(expected);
  });
});
