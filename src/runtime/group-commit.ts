import type { Clock } from './clock.ts';

type Waiting<Item, Answer> = { item: Item; since: number; resolve(answer: Answer): void; reject(error: unknown): void };

export type GroupCommitOptions<Item> = {
  clock: Clock;
  /** Items in one statement at most. */
  max: number;
  /** Statements in flight at once. */
  lanes: number;
  isRetryable(error: unknown): boolean;
  /** Items with the same key never share a statement. */
  key?: (item: Item) => string;
  /** Items that may wait for a statement; more are refused as `Overloaded`. Unbounded when absent. */
  maxWaiting?: number;
  /** Milliseconds after which an item that no statement has taken is refused as `Overloaded`. Without end when absent. */
  patienceMs?: number;
};

/** The store does not keep up, or cannot be reached: nothing was done, and asking again later is safe. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';

  constructor() {
    super('Too much waits for the store');
  }
}

const FIRST_RETRY_MS = 20;
const LONGEST_RETRY_MS = 1000;

/**
 * Commits in company: whatever has gathered while the previous statement was in flight goes into the next one, and a
 * free lane takes what there is at once. No item waits for a timer or for others to come.
 *
 * A store that cannot be reached is tried until it can: nobody knows what became of items that a statement took. Those
 * that none took can be bounded in number and in time. An item that the store refuses does not spoil its company: the
 * others are run again without it.
 */
export class GroupCommit<Item, Answer> {
  readonly #run: (items: Item[]) => Promise<Answer[]>;
  readonly #options: GroupCommitOptions<Item>;
  #waiting: Waiting<Item, Answer>[] = [];
  #busy = 0;
  #scheduled = false;
  #watch: AbortController | undefined;

  constructor(run: (items: Item[]) => Promise<Answer[]>, options: GroupCommitOptions<Item>) {
    this.#run = run;
    this.#options = options;
  }

  /** @throws {Overloaded} */
  add(item: Item): Promise<Answer> {
    const { maxWaiting = Number.POSITIVE_INFINITY, clock, lanes } = this.#options;
    if (this.#waiting.length >= maxWaiting) return Promise.reject(new Overloaded());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, since: clock.now(), resolve, reject });
      this.#schedule();
      if (this.#busy >= lanes) this.#watchOldest();
    });
  }

  /** Everything that arrives in one turn of the event loop travels together. */
  #schedule(): void {
    if (this.#scheduled || this.#busy >= this.#options.lanes || this.#waiting.length === 0) return;
    this.#scheduled = true;
    this.#options.clock.defer(() => {
      this.#scheduled = false;
      if (this.#waiting.length > 0) void this.#flush();
    });
  }

  /** Refuses items that have waited too long while every lane was busy. */
  #watchOldest(): void {
    const { clock, patienceMs } = this.#options;
    const [oldest] = this.#waiting;
    if (patienceMs === undefined || this.#watch || !oldest) return;
    const watch = new AbortController();
    this.#watch = watch;
    void clock.sleep(oldest.since + patienceMs - clock.now(), watch.signal).then(() => {
      if (watch.signal.aborted) return;
      this.#watch = undefined;
      const latest = clock.now() - patienceMs;
      const stays = this.#waiting.findIndex(({ since }) => since > latest);
      for (const { reject } of this.#waiting.splice(0, stays < 0 ? this.#waiting.length : stays)) {
        reject(new Overloaded());
      }
      this.#watchOldest();
    });
  }

  async #flush(): Promise<void> {
    this.#busy++;
    const group = this.#take();
    if (this.#waiting.length === 0) {
      this.#watch?.abort();
      this.#watch = undefined;
    }
    this.#schedule();
    await this.#settle(group);
    this.#busy--;
    this.#schedule();
  }

  #take(): Waiting<Item, Answer>[] {
    const { key, max } = this.#options;
    if (!key) return this.#waiting.splice(0, max);
    const taken: Waiting<Item, Answer>[] = [];
    const left: Waiting<Item, Answer>[] = [];
    const keys = new Set<string>();
    for (const waiting of this.#waiting) {
      const itemKey = key(waiting.item);
      if (taken.length < max && !keys.has(itemKey)) {
        keys.add(itemKey);
        taken.push(waiting);
      } else left.push(waiting);
    }
    this.#waiting = left;
    return taken;
  }

  async #settle(group: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#runUntilReachable(group.map(({ item }) => item));
      group.forEach((waiting, index) => {
        waiting.resolve(answers[index] as Answer);
      });
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else {
        const half = group.length >> 1;
        await this.#settle(group.slice(0, half));
        await this.#settle(group.slice(half));
      }
    }
  }

  async #runUntilReachable(items: Item[]): Promise<Answer[]> {
    for (let delay = FIRST_RETRY_MS; ; delay = Math.min(delay * 2, LONGEST_RETRY_MS)) {
      try {
        return await this.#run(items);
      } catch (error) {
        if (!this.#options.isRetryable(error)) throw error;
        await this.#options.clock.sleep(delay);
      }
    }
  }
}
