import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { coalesce } from '../coalesce.ts';
import type { Message, PeerFactory } from '../peer.ts';
import { CLAIM_INDEXES, claim, countDone, insertMessages, TABLES } from './own-tables.ts';

const ROWS_A_CLAIM = 500;
const IDLE_MS = 5;

/** Nothing checks the state that the claim's row lock guarantees. */
const SENDING = `update state s set state = 'sending', reference = u.reference, updated_at = now()
  from unnest($1::uuid[], $2::text[]) u(id, reference) where s.id = u.id`;
const DELIVERED = `update state set state = 'delivered', updated_at = now()
  where reference = any($1::text[]) and state = 'sending'`;
const DONE = `update state set state = 'done', updated_at = now() where id = any($1::uuid[])`;

/**
 * What the hardware allows: hand-written SQL in batches and nothing else. A claim is a row lock that is held during the
 * calls, so it writes nothing. No retries, no fairness, no history, no machine.
 */
export const ceiling: PeerFactory = ({ pool, provider, webhook, sent, done }) => {
  let stopping = false;
  const workers: Promise<void>[] = [];

  const accept = coalesce<Message, void>(
    async (messages) => {
      await insertMessages(pool, messages);
      return messages.map(() => undefined);
    },
    { lanes: 2, max: 1000 },
  );
  const receipt = coalesce<string, void>(
    async (references) => {
      await pool.query({ name: 'receipt', text: DELIVERED, values: [references] });
      return references.map(() => undefined);
    },
    { lanes: 1, max: 1000 },
  );

  const send = async (client: PoolClient, ids: string[]) => {
    const references = await Promise.all(ids.map((id) => provider(id)));
    await client.query({ name: 'sending', text: SENDING, values: [ids, references] });
    return () =>
      ids.forEach((id, index) => {
        sent(id, references[index] ?? '');
      });
  };
  const call = async (client: PoolClient, ids: string[]) => {
    await Promise.all(ids.map((id) => webhook(id)));
    await client.query({ name: 'done', text: DONE, values: [ids] });
    return () => ids.forEach(done);
  };

  /** @returns how many rows were claimed and worked on. */
  async function batch(client: PoolClient, state: string, work: typeof send): Promise<number> {
    await client.query('begin');
    const rows = await claim(client, state, ROWS_A_CLAIM);
    const ids = rows.map(({ id }) => id);
    const after = ids.length > 0 ? await work(client, ids) : () => {};
    await client.query('commit');
    after();
    return ids.length;
  }

  async function loop(state: string, work: typeof send): Promise<void> {
    const client = await pool.connect();
    while (!stopping) if ((await batch(client, state, work)) === 0) await sleep(IDLE_MS);
    client.release();
  }

  return {
    setup: async () => {
      await pool.query(`${TABLES};${CLAIM_INDEXES}`);
    },
    start: async () => {
      workers.push(loop('created', send), loop('created', send), loop('delivered', call));
    },
    accept,
    receipt,
    completed: () => countDone(pool),
    stop: async () => {
      stopping = true;
      await Promise.all(workers);
    },
  };
};
