import type { Change, ClaimedRow, NewRow, Row } from './row.ts';

export type Claim = {
  pool: string;
  limit: number;
  now: number;
  leaseMs: number;
  node: number;
  liveOthers: number[];
  /** States that the chart of this process has: rows in others are left to processes that know them. */
  states: string[];
};

/**
 * Where rows live. Every method is one durable step for all that it is given. A method that throws a retryable error
 * may or may not have taken effect; repeating it is safe.
 */
export type Store = {
  /** Inserts rows with payload and children; answers for each whether it is new (an id that exists is left alone). */
  insert(type: string, rows: NewRow[]): Promise<boolean[]>;
  /** The rows as they are now, in the order asked for; null where there is none. */
  load(type: string, ids: string[]): Promise<(Row | null)[]>;
  /** Saves each change whose row has not moved on, with its children; answers which were saved. */
  commit(type: string, changes: Change[]): Promise<boolean[]>;
  /**
   * Takes due rows of a pool, oldest first, skipping those that somebody else is taking, those whose lease belongs to
   * another living node, and those in states that are not asked for. Each gets a new version and a lease of this node.
   */
  claim(type: string, claim: Claim): Promise<ClaimedRow[]>;
  /** Moves the deadline of rows that this node still holds; answers which it does. */
  renew(type: string, rows: Row[]): Promise<boolean[]>;
  /** Makes rows that a dead node holds due at once; answers how many. */
  expireLeases(type: string, dead: number[], now: number): Promise<number>;
  /** Whether an error may pass: the store could not be reached, or gave up for a reason that is not the request's. */
  isRetryable(error: unknown): boolean;
};
