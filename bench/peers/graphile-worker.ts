import { Logger, type Runner, run, runMigrations } from 'graphile-worker';
import type { PoolClient } from 'pg';
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

const CONCURRENCY = 200;
const logger = new Logger(() => (level, message) => {
  if (level === 'error') console.error(message);
});

/**
 * graphile-worker, tuned: a local queue, completion in batches, and the tasks' own reads and writes grouped too, which
 * its documentation does not ask for. Jobs hold an id only.
 */
export const graphileWorker: PeerFactory = ({ pool, provider, webhook, sent, done }) => {
  let runner: Runner | undefined;

  const enqueue = async (client: PoolClient, task: string, ids: string[]) => {
    await client.query({
      name: 'add jobs',
      text: `select from graphile_worker.add_jobs(
               array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)))`,
      values: [JSON.stringify(ids.map((id) => ({ identifier: task, payload: { id } })))],
    });
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
  const payload = coalesce(async (ids: string[]) => {
    const rows = new Map((await readPayloads(pool, ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id));
  });
  const markSending = coalesce(async (sends: { id: string; reference: string }[]) => {
    await storeSending(
      pool,
      sends.map(({ id }) => id),
      sends.map(({ reference }) => reference),
    );
    return sends.map(() => undefined);
  });
  const markDone = coalesce(async (ids: string[]) => {
    await storeDone(pool, ids);
    return ids.map(() => undefined);
  });

  const taskList = {
    send: async (job: unknown) => {
      const { id } = job as { id: string };
      await payload(id);
      const reference = await provider(id);
      await markSending({ id, reference });
      sent(id, reference);
    },
    call: async (job: unknown) => {
      const { id } = job as { id: string };
      await webhook(id);
      await markDone(id);
      done(id);
    },
  };

  return {
    setup: async () => {
      await pool.query(TABLES);
      await runMigrations({ pgPool: pool, logger });
    },
    start: async () => {
      runner = await run({
        pgPool: pool,
        logger,
        taskList,
        concurrency: CONCURRENCY,
        noHandleSignals: true,
        preset: { worker: { completeJobBatchDelay: 0, localQueue: { size: 500, refetchDelay: { durationMs: 10 } } } },
      });
    },
    accept,
    receipt,
    completed: () => countDone(pool),
    stop: async () => runner?.stop(),
  };
};
