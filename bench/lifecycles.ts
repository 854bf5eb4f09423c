import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { timeOrderedId } from '../src/runtime/id.ts';
import type { Peer, PeerFactory } from './peer.ts';
import type { Connection } from './server.ts';

/** About 900 characters that need no escaping, like sealed personalisation. */
const PERSONALISATION = Buffer.from('Your appointment is confirmed. '.repeat(22)).toString('base64');
const SERVICES = Array.from({ length: 50 }, (_, index) => `5e41ce00-0000-4000-8000-${String(index).padStart(12, '0')}`);
const TEMPLATE_ID = '7e3b1a7e-0000-4000-8000-000000000000';
const DRAIN_MS = 60_000;

/** Milliseconds since the instant at which each message was due to arrive. */
export type Latencies = { toProvider: number[]; toSending: number[] };

export type Lifecycles = {
  /** Lifecycles so far; `accepting` are those whose accept is not answered. */
  readonly counts: { begun: number; finished: number; accepting: number };
  /** Rejects when the peer fails. */
  readonly failure: Promise<never>;
  /** Hands a message in; `due` is the instant that its latencies count from. */
  begin(due: number): void;
  /** `moved` is called whenever an accept is answered or a lifecycle ends. */
  onMove(moved: () => void): void;
  /** Collects latencies of messages that are due from now on; returns those collected so far when called again. */
  collect(): Latencies;
  /** Waits until nothing is open and stops. Throws where the database has another count of complete lifecycles. */
  finish(): Promise<void>;
};

/**
 * Starts a peer with the outside world around it: provider and webhook answer at once. An empty database gets the peer's
 * tables first.
 */
export async function startLifecycles(
  make: PeerFactory,
  pool: Pool,
  connection: Connection,
  isEmpty: boolean,
): Promise<Lifecycles> {
  const counts = { begun: 0, finished: 0, accepting: 0 };
  const failed = Promise.withResolvers<never>();
  const due = new Map<string, number>();
  let latencies: Latencies = { toProvider: [], toSending: [] };
  let collectFrom = Number.POSITIVE_INFINITY;
  let moved = () => {};

  const since = (id: string, into: number[]) => {
    const at = due.get(id);
    if (at !== undefined && at >= collectFrom) into.push(performance.now() - at);
  };
  const peer: Peer = await make({
    pool,
    connection,
    provider: async (id) => {
      since(id, latencies.toProvider);
      return id;
    },
    webhook: async () => {},
    sent: (id, reference) => {
      since(id, latencies.toSending);
      due.delete(id);
      peer.receipt(reference).catch(failed.reject);
    },
    done: () => {
      counts.finished++;
      moved();
    },
  });
  if (isEmpty) await peer.setup();
  const before = await peer.completed();
  await pool.query('checkpoint');
  await peer.start();

  const begin = (at: number) => {
    const id = timeOrderedId(Date.now());
    const serviceId = SERVICES[counts.begun % SERVICES.length] ?? '';
    due.set(id, at);
    counts.begun++;
    counts.accepting++;
    const message = { id, serviceId, templateId: TEMPLATE_ID, recipient: '447700900123' };
    peer.accept({ ...message, personalisation: PERSONALISATION }).then(() => {
      counts.accepting--;
      moved();
    }, failed.reject);
  };

  return {
    counts,
    failure: failed.promise,
    begin,
    onMove: (listener) => {
      moved = listener;
    },
    collect: () => {
      const collected = latencies;
      latencies = { toProvider: [], toSending: [] };
      collectFrom = performance.now();
      return collected;
    },
    finish: async () => {
      const patience = performance.now() + DRAIN_MS;
      while (counts.finished < counts.begun && performance.now() < patience) {
        await Promise.race([sleep(20), failed.promise]);
      }
      const completed = (await peer.completed()) - before;
      if (completed !== counts.begun) throw new Error(`${completed} of ${counts.begun} lifecycles are complete`);
      await peer.stop();
    },
  };
}
