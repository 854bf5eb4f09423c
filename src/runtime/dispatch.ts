import type { Row } from './row.ts';

/**
 * Owed work on its way to whoever runs it: the row as committed, and its payload, so that the taker reads nothing. A
 * hint may be lost, late or doubled: the row's deadline finds lost ones, its version and lease refuse the others.
 */
export type Hint = { type: string; row: Row; payload: object | null };

/** How hints reach other nodes. */
export type Dispatch = {
  /** Whether another node takes hints for the pool. */
  reaches(type: string, pool: string): boolean;
  send(hint: Hint): void;
};

/** A node on its own: every effect runs here or waits for its deadline. */
export const nowhereElse: Dispatch = { reaches: () => false, send: () => {} };
