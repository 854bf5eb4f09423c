/** One actor at rest. */
export type Row = {
  id: string;
  /** Dotted path of the active state. */
  state: string;
  /** Changes so far; every write names the version that it was decided on. */
  version: number;
  context: object;
  /** The earliest of the armed timers and the lease; null in a final state only. */
  wakeAt: number | null;
  /** The pool in which its owed effect waits; the timer pool where it owes none. */
  pool: string;
  /** The node that runs the owed effect; null while nobody does. */
  leasedBy: number | null;
  /**
   * When each timer of the state fires, in chart order, and last the end of the lease; null where `wakeAt` alone says
   * it: there is one timer and no effect, or an effect and no timer.
   */
  timers: number[] | null;
};

/** A line of a row's trail: when, what happened, where it led. */
export type TrailEntry = { at: number; event: string; state: string };

/** A new row, its payload and its trail's first line. */
export type NewRow = { type: string; row: Row; payload: object | null; trail: TrailEntry };

/** A decided change: `row` is the row after it, to be saved only if the stored version is still `row.version - 1`. */
export type Change = { row: Row; trail: TrailEntry; children: NewRow[] };

/** A due row that this node has just taken. `heldBefore` is the node whose lease ran out, if any. */
export type ClaimedRow = { row: Row; heldBefore: number | null };

/** The pool of rows that owe no effect and only wait for a timer. */
export const TIMER_POOL = 'timer';
