export type PoolOptions = {
  /** Effects that run at once. */
  concurrency: number;
  /** Effects that may wait in memory; beyond this, rows wait in the database. */
  queue: number;
  /** Effects of one fairness key that run at once; one slow destination can hold no more. */
  perKey?: number;
};

type Task = () => Promise<void>;
type Line = { key: string; tasks: Task[]; head: number; running: number };

/**
 * A bulkhead: bounded concurrency, bounded memory, and turns between keys, so that neither one pool's backlog nor one
 * key's delays the others.
 *
 * A place is reserved before the row is committed with a lease, and then either run or given back.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  readonly #lines = new Map<string, Line>();
  /** Lines that have a task and a free turn, in turn order. */
  #turns: Line[] = [];
  #reserved = 0;
  #queued = 0;
  #running = 0;
  #whenIdle: (() => void)[] = [];

  constructor(options: PoolOptions) {
    this.#options = { perKey: options.concurrency, ...options };
  }

  /** Places left, running and waiting together. */
  get room(): number {
    return this.#options.concurrency + this.#options.queue - this.#running - this.#queued - this.#reserved;
  }

  get running(): number {
    return this.#running;
  }

  get queued(): number {
    return this.#queued;
  }

  /** Takes a place; false where there is none. Every reservation ends in `run` or `release`. */
  reserve(): boolean {
    if (this.room <= 0) return false;
    this.#reserved++;
    return true;
  }

  release(): void {
    this.#reserved--;
    this.#settleIdle();
  }

  /** Uses a reserved place. The task must not throw. */
  run(key: string, task: Task): void {
    this.#reserved--;
    this.#queued++;
    let line = this.#lines.get(key);
    if (!line) {
      line = { key, tasks: [], head: 0, running: 0 };
      this.#lines.set(key, line);
    }
    line.tasks.push(task);
    if (line.tasks.length - line.head === 1 && line.running < this.#options.perKey) this.#turns.push(line);
    this.#fill();
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
      const task = line.tasks[line.head++] as Task;
      if (line.head > 64 && line.head * 2 > line.tasks.length) {
        line.tasks = line.tasks.slice(line.head);
        line.head = 0;
      }
      this.#queued--;
      this.#running++;
      line.running++;
      if (this.#hasTurn(line)) this.#turns.push(line);
      void task().finally(() => this.#finish(line));
    }
  }

  #hasTurn(line: Line): boolean {
    return line.head < line.tasks.length && line.running < this.#options.perKey;
  }

  #finish(line: Line): void {
    const wasFull = line.running === this.#options.perKey;
    line.running--;
    this.#running--;
    if (line.head >= line.tasks.length && line.running === 0) this.#lines.delete(line.key);
    else if (wasFull && this.#hasTurn(line)) this.#turns.push(line);
    this.#fill();
    this.#settleIdle();
  }

  #settleIdle(): void {
    if (this.#whenIdle.length === 0 || this.#running + this.#queued + this.#reserved > 0) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
