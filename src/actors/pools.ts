import type { PoolOptions } from '../runtime/pool.ts';

/** Milliseconds; receivers have five seconds. */
const SLOW_RECEIVER_MS = 2000;

/** Bulkheads: one's backlog never delays another. Source: workflows 9.3. */
export const POOLS = {
  sms: { concurrency: 200, queue: 2000 },
  email: { concurrency: 100, queue: 1000 },
  /** Notify's own codes and invitations, never behind customers' messages. */
  internal: { concurrency: 10, queue: 100 },
  /** Simulated sends and receipts of test keys. */
  research: { concurrency: 20, queue: 500 },
  /** A service whose server does not answer holds one place until it does. */
  callbacks: { concurrency: 50, queue: 1000, perKey: 5, slowMs: SLOW_RECEIVER_MS },
  'callbacks-retry': { concurrency: 20, queue: 200, perKey: 5, slowMs: SLOW_RECEIVER_MS },
  /** Making, scanning, checking and moving letters' PDFs: work for this process's processor. */
  'letter-files': { concurrency: 4, queue: 200 },
  /** Hand-overs to the printer: a print run brings a day's letters at once. */
  'letter-print': { concurrency: 10, queue: 200 },
  /** Looks after the weights of text providers. */
  balance: { concurrency: 1, queue: 10 },
} as const satisfies Record<string, PoolOptions>;

export type PoolName = keyof typeof POOLS;
