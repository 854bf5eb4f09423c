import type { Clock } from './clock.ts';
import type { Dispatch } from './dispatch.ts';
import type { Membership } from './membership.ts';
import type { Pool } from './pool.ts';
import type { Store } from './store.ts';

export type RuntimeLog = {
  error(facts: object, message: string): void;
  warn(facts: object, message: string): void;
};

export type RuntimeOptions = {
  store: Store;
  clock: Clock;
  membership: Membership;
  dispatch: Dispatch;
  /** The effects that this node runs, by pool. */
  pools: Record<string, Pool>;
  /** How long a lease lasts before it must be renewed. */
  leaseMs: number;
  /** Between two looks for due rows that nobody hinted at. */
  tickMs: number;
  log: RuntimeLog;
};
