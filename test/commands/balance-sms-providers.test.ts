import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NOTIFY_USER_ID } from '../../src/built-in.ts';
import { checkSmsProviders, reduceSmsProvider } from '../../src/commands/balance-sms-providers.ts';
import { readSlowProviders } from '../../src/queries/slow-providers.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { recordingLog } from '../http/recording-log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const MINUTE_MS = 60_000;

describe('the weights of text providers', () => {
  const log = recordingLog();
  let database: TestDatabase;
  let at: number;
  const now = () => at;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());
  beforeEach(async () => {
    at = Date.now();
    log.clear();
    await database.pool.query(`
      delete from notifications;
      update provider_details set priority = case identifier when 'mmg' then 60 else 40 end, updated_at = null,
        active = identifier <> 'reach', version = version + 1
      where notification_type = 'sms';
      insert into provider_details_history select * from provider_details on conflict do nothing`);
  });

  const parts = () => ({ pool: database.pool, readSlow: readSlowProviders(database.pool, now), now, log });
  const check = (isRestDue = false) => checkSmsProviders(parts())({ isRestDue });
  const reduce = (provider: string | null) => reduceSmsProvider(parts())({ provider });
  const stored = async () => {
    const { rows } = await database.pool.query(
      "select identifier, priority from provider_details where notification_type = 'sms' and active",
    );
    return Object.fromEntries(rows.map(({ identifier, priority }) => [identifier, priority]));
  };
  /** Texts that a provider took so many minutes ago, and what became of them. */
  const texts = async (provider: string, count: number, minutes: number, state: string, tookMinutes = 0) => {
    const sentAt = at - minutes * MINUTE_MS;
    for (let made = 0; made < count; made++) {
      await database.pool.query(
        `insert into notifications (id, version, state, wake_at, pool, trail, service_id, notification_type, key_type,
           international, receipts_believed, created_at, attempts, outcome_was_lost, sent_at, sent_by, billable_units,
           updated_at)
         values ($1, 1, $2, now(), 'timer', '', $3, 'sms', 'normal', false, true, $4, 1, false, $4, $5, 1, $6)`,
        [
          timeOrderedId(sentAt),
          state,
          randomUUID(),
          new Date(sentAt),
          provider,
          new Date(sentAt + tookMinutes * MINUTE_MS),
        ],
      );
    }
  };

  test('ten move away from a provider that fails, as a version of both in the name of Notify', async () => {
    await reduce('mmg');
    expect(await stored()).toEqual({ mmg: 50, firetext: 50 });
    const { rows } = await database.pool.query(
      `select h.identifier, h.priority, h.created_by_id as author, h.updated_at = d.updated_at as "isNewest"
       from provider_details d join provider_details_history h using (id, version)
       where d.notification_type = 'sms' and d.active order by identifier`,
    );
    expect(rows).toEqual([
      { identifier: 'firetext', priority: 50, author: NOTIFY_USER_ID, isNewest: true },
      { identifier: 'mmg', priority: 50, author: NOTIFY_USER_ID, isNewest: true },
    ]);
    expect(log.messages()).toEqual([
      'Adjusting provider priority - firetext going from 40 to 50',
      'Adjusting provider priority - mmg going from 60 to 50',
    ]);
  });

  test('for a minute after any change a failing provider keeps what it has', async () => {
    await reduce('mmg');
    at += MINUTE_MS - 1;
    await reduce('mmg');
    expect(log.messages().at(-1)).toBe('Not adjusting providers, providers updated less than 0:01:00 ago.');
    at += 1;
    await reduce('mmg');
    expect(await stored()).toEqual({ mmg: 40, firetext: 60 });
  });

  test('two that reduce at the same time reduce once', async () => {
    await Promise.all([reduce('mmg'), reduce('mmg'), reduce('firetext')]);
    expect([
      { mmg: 50, firetext: 50 },
      { mmg: 70, firetext: 30 },
    ]).toContainEqual(await stored());
  });

  test('a single active provider keeps its weight, and so do all for one that is unknown', async () => {
    await reduce('unknown');
    await reduce(null);
    await database.pool.query("update provider_details set active = false where identifier = 'firetext'");
    await reduce('mmg');
    expect(await stored()).toEqual({ mmg: 60 });
    expect(log.messages()).toEqual(['Not adjusting providers, number of active providers is less than 2.']);
  });

  test.each([
    ['delivered late', 'delivered', 6],
    ['not delivered yet', 'sending.awaitingReceipt', 0],
    ['pending', 'pending.awaitingReceipt', 0],
  ])('a provider loses ten when 15 %% of its texts are %s and the other is quick', async (_what, state, took) => {
    await texts('mmg', 3, 7, state, took);
    await texts('mmg', 17, 7, 'delivered', 1);
    await texts('firetext', 5, 7, 'delivered', 4);
    await check();
    expect(await stored()).toEqual({ mmg: 50, firetext: 50 });
    expect(log.messages()[0]).toBe('Slow delivery notifications detected for provider mmg');
  });

  test('fewer slow texts, older ones, and those of test keys do not count', async () => {
    await texts('mmg', 2, 7, 'sending.awaitingReceipt');
    await texts('mmg', 18, 7, 'delivered');
    await texts('mmg', 9, 16, 'sending.awaitingReceipt');
    await texts('mmg', 9, 7, 'technical-failure');
    await check();
    await texts('firetext', 9, 7, 'sending.awaitingReceipt');
    await database.pool.query("update notifications set key_type = 'test' where sent_by = 'firetext'");
    await check();
    expect(await stored()).toEqual({ mmg: 60, firetext: 40 });
  });

  test('nothing moves when all are slow', async () => {
    await texts('mmg', 2, 7, 'sending.awaitingReceipt');
    await texts('firetext', 2, 7, 'sending.awaitingReceipt');
    await check();
    expect(await stored()).toEqual({ mmg: 60, firetext: 40 });
  });

  test('weights move back to rest when it is due and nothing has changed for a quarter of an hour', async () => {
    await check(true);
    expect(await stored()).toEqual({ mmg: 51, firetext: 49 });
    await database.pool.query("update provider_details set priority = 30 where identifier = 'mmg'");
    at += 15 * MINUTE_MS - 1;
    await check(true);
    at += 1;
    await check();
    expect(await stored()).toEqual({ mmg: 30, firetext: 49 });
    await check(true);
    expect(await stored()).toEqual({ mmg: 40, firetext: 49 });
  });
});
