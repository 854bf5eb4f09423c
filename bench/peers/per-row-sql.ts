import type { PoolClient } from 'pg';
import type { PeerFactory } from '../peer.ts';
import {
  CLAIM_INDEXES,
  claim,
  countDone,
  insertMessages,
  inTransaction,
  storeDelivered,
  storeDone,
  storeSending,
  TABLES,
} from './own-tables.ts';

const WORKERS_A_STEP = 7;
/** A worker that heard of no new row looks again after this. */
const IDLE_MS = 1000;

/**
 * One transaction a step, as one would write it first: each message, receipt and call is a commit of its own. Workers
 * are woken in process, so that waiting costs nothing.
 */
export const perRowSql: PeerFactory = ({ pool, provider, webhook, sent, done }) => {
  let stopping = false;
  const workers: Promise<void>[] = [];
  const sleepers = { created: [] as (() => void)[], delivered: [] as (() => void)[] };
  type State = keyof typeof sleepers;

  const wakeOne = (state: State) => sleepers[state].shift()?.();
  const sleep = (state: State) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS);
      sleepers[state].push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  const send = async (client: PoolClient, id: string) => {
    const reference = await provider(id);
    await storeSending(client, [id], [reference]);
    return () => sent(id, reference);
  };
  const call = async (client: PoolClient, id: string) => {
    await webhook(id);
    await storeDone(client, [id]);
    return () => done(id);
  };

  /** @returns whether there was a row to work on. */
  const step = (state: State, work: typeof send) =>
    inTransaction(pool, async (client) => {
      const [row] = await claim(client, state, 1);
      return row ? await work(client, row.id) : null;
    }).then((after) => {
      after?.();
      return after !== null;
    });

  async function loop(state: State, work: typeof send): Promise<void> {
    while (!stopping) if (!(await step(state, work)) && !stopping) await sleep(state);
  }

  return {
    setup: async () => {
      await pool.query(`${TABLES};${CLAIM_INDEXES}`);
    },
    start: async () => {
      for (let worker = 0; worker < WORKERS_A_STEP; worker++) {
        workers.push(loop('created', send), loop('delivered', call));
      }
    },
    accept: async (message) => {
      await insertMessages(pool, [message]);
      wakeOne('created');
    },
    receipt: async (reference) => {
      await storeDelivered(pool, [reference]);
      wakeOne('delivered');
    },
    completed: () => countDone(pool),
    stop: async () => {
      stopping = true;
      for (const state of ['created', 'delivered'] as const) while (sleepers[state].length > 0) wakeOne(state);
      await Promise.all(workers);
    },
  };
};
