export type PoolOptions = {
  /** Effects that run at once. */
  concurrency: number;
  /** Effects that may wait in memory; beyond this, rows wait in the database. */
  queue: number;
  /** Effects of one fairness key that run at once. */
  perKey?: number;
  /** A key whose last effect took at least as many milliseconds runs one at a time, until one is quicker. */
  slowMs?: number;
};

type Task = () => Promise<void>;
type Waiting = { task: Task; release(): void };
type Line = {
  key: string;
  tasks: Waiting[];
  head: number;
  running: number;
  held: number;
  isSlow: boolean;
  hasTurn: boolean;
};

/** A place of one key, reserved before the row is committed with a lease, and then either used or released, once. */
export type Place = {
  /** The task must not throw. */
  run(task: Task): void;
  release(): void;
};

/**
 * A bulkhead: bounded concurrency, bounded memory, and turns between keys, so that neither one pool's backlog nor one
 * key's delays the others.
 *
 * What has just been committed finds a place unless its key already holds as many as are free: however long the backlog
 * of some, a newcomer finds room. The same holds for what is claimed from the database, oldest first, all keys together.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  readonly #lines = new Map<string, Line>();
  /** Lines that have a task and a free turn, in turn order. */
  #turns: Line[] = [];
  #held = 0;
  #claimed = 0;
  #queued = 0;
  #running = 0;
  #whenIdle: (() => void)[] = [];

  constructor(options: PoolOptions) {
    this.#options = { perKey: options.concurrency, slowMs: Number.POSITIVE_INFINITY, ...options };
  }

  /** Places taken: reserved, waiting and running. */
  get held(): number {
    return this.#held;
  }

  /** Rows that may be claimed now: after it, as many places are free as claimed rows hold. */
  get claimable(): number {
    return Math.max(0, Math.ceil((this.#free - this.#claimed) / 2));
  }

  get #free(): number {
    return this.#size - this.#held;
  }

  get #size(): number {
    return this.#options.concurrency + this.#options.queue;
  }

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#queued;
  }

  /** A place for what this process has just committed, or was hinted at; null where there is none for the key. */
  reserve(key: string): Place | null {
    const free = this.#free;
    const most = Math.max(this.#options.concurrency, free);
    return free > 0 && (this.#lines.get(key)?.held ?? 0) < most ? this.#take(key, false) : null;
  }

  /** A place for a claimed row; null where more were claimed than there was room for. */
  reserveForClaimed(key: string): Place | null {
    return this.claimable > 0 ? this.#take(key, true) : null;
  }

  #take(key: string, isClaimed: boolean): Place {
    let line = this.#lines.get(key);
    if (!line) {
      line = { key, tasks: [], head: 0, running: 0, held: 0, isSlow: false, hasTurn: false };
      this.#lines.set(key, line);
    }
    const taken = line;
    taken.held++;
    this.#held++;
    if (isClaimed) this.#claimed++;
    const release = () => {
      if (isClaimed) this.#claimed--;
      this.#leave(taken);
    };
    return { run: (task) => this.#run(taken, { task, release }), release };
  }

  #run(line: Line, waiting: Waiting): void {
    this.#queued++;
    line.tasks.push(waiting);
    this.#queueTurn(line);
    this.#fill();
  }

  #leave(line: Line): void {
    line.held--;
    this.#held--;
    if (line.held === 0) this.#lines.delete(line.key);
    this.#settleIdle();
  }

  /** Resolves when nothing runs, waits or is reserved. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenIdle.push(resolve);
      this.#settleIdle();
    });
  }

  #fill(): void {
    while (this.#running < this.#options.concurrency) {
      const line = this.#turns.shift();
      if (!line) return;
      const { task, release } = line.tasks[line.head++] as Waiting;
      if (line.head > 64 && line.head * 2 > line.tasks.length) {
        line.tasks = line.tasks.slice(line.head);
        line.head = 0;
      }
      this.#queued--;
      this.#running++;
      line.running++;
      line.hasTurn = false;
      this.#queueTurn(line);
      const begun = performance.now();
      void task().finally(() => {
        line.isSlow = performance.now() - begun >= this.#options.slowMs;
        this.#finish(line);
        release();
      });
    }
  }

  /** A line stands in the order of turns once, while it has a task and may run it. */
  #queueTurn(line: Line): void {
    const most = line.isSlow ? 1 : this.#options.perKey;
    if (line.hasTurn || line.head >= line.tasks.length || line.running >= most) return;
    line.hasTurn = true;
    this.#turns.push(line);
  }

  #finish(line: Line): void {
    line.running--;
    this.#running--;
    this.#queueTurn(line);
    this.#fill();
  }

  #settleIdle(): void {
    if (this.#whenIdle.length === 0 || this.#held > 0) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
