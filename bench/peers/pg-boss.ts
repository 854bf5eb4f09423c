import type { PoolClient } from 'pg';
import { PgBoss } from 'pg-boss';
import { coalesce } from '../coalesce.ts';
import type { Message, PeerFactory } from '../peer.ts';
import {
  countDone,
  insertMessages,
  inTransaction,
  readPayloads,
  storeDelivered,
  storeDone,
  storeSending,
  TABLES,
} from './own-tables.ts';

type Job = { data: { id: string } };

const WORK = {
  batchSize: 250,
  localConcurrency: 2,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 0.5,
} as const;

/** pg-boss, tuned: batches, LISTEN/NOTIFY, jobs that hold an id only, and one multi-row update a batch. */
export const pgBoss: PeerFactory = ({ pool, connection, provider, webhook, sent, done }) => {
  const boss = new PgBoss({ ...connection, max: 10, useListenNotify: true });
  boss.on('error', (error) => {
    throw error;
  });

  const enqueue = async (client: PoolClient, queue: string, ids: string[]) => {
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
    await boss.insert(
      queue,
      ids.map((id) => ({ data: { id } })),
      { db },
    );
  };
  const accept = coalesce<Message, void>(
    (messages) =>
      inTransaction(pool, async (client) => {
        await insertMessages(client, messages);
        await enqueue(
          client,
          'send',
          messages.map(({ id }) => id),
        );
        return messages.map(() => undefined);
      }),
    { lanes: 2, max: 1000 },
  );
  const receipt = coalesce<string, void>(
    (references) =>
      inTransaction(pool, async (client) => {
        const ids = await storeDelivered(client, references);
        if (ids.length > 0) await enqueue(client, 'call', ids);
        return references.map(() => undefined);
      }),
    { lanes: 2, max: 1000 },
  );

  const send = async (jobs: Job[]) => {
    const payloads = await readPayloads(
      pool,
      jobs.map(({ data }) => data.id),
    );
    const ids = payloads.map(({ id }) => id);
    const references = await Promise.all(ids.map((id) => provider(id)));
    await storeSending(pool, ids, references);
    ids.forEach((id, index) => {
      sent(id, references[index] ?? '');
    });
  };
  const call = async (jobs: Job[]) => {
    const ids = jobs.map(({ data }) => data.id);
    await Promise.all(ids.map((id) => webhook(id)));
    await storeDone(pool, ids);
    ids.forEach(done);
  };

  return {
    setup: async () => {
      await pool.query(TABLES);
      await boss.start();
      for (const queue of ['send', 'call']) await boss.createQueue(queue, { notify: true });
    },
    start: async () => {
      await boss.work('send', WORK, send);
      await boss.work('call', WORK, call);
    },
    accept,
    receipt,
    completed: () => countDone(pool),
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  };
};
