import type { Prng } from './prng.ts';

/**
 * What an entry is for. `idle`: a loop looks whether there is something to do. `work`: a process is in the middle of
 * something. `world`: something will happen outside.
 */
type Kind = 'idle' | 'work' | 'world';

export type Entry = { at: number; kind: Kind; cancelled: boolean };
type Queued = Entry & { tie: number; run: () => void };

/** Time that passes only when nothing is left to do at the present moment. What is due together runs in any order. */
export class VirtualTime {
  readonly #prng: Prng;
  readonly #counts: Record<Kind, number> = { idle: 0, work: 0, world: 0 };
  #heap: Queued[] = [];
  #now: number;

  constructor(now: number, prng: Prng) {
    this.#now = now;
    this.#prng = prng;
  }

  get now(): number {
    return this.#now;
  }

  count(kind: Kind): number {
    return this.#counts[kind];
  }

  after(ms: number, kind: Kind, run: () => void): Entry {
    const queued = { at: this.#now + Math.max(0, ms), kind, cancelled: false, tie: this.#prng.fraction(), run };
    this.#counts[kind]++;
    this.#push(queued);
    return queued;
  }

  cancel(entry: Entry): void {
    if (entry.cancelled) return;
    entry.cancelled = true;
    this.#counts[entry.kind]--;
  }

  /** Runs what is due next, and everything that follows from it at once; false where nothing is left. */
  async step(): Promise<boolean> {
    const next = this.#pop();
    if (!next) return false;
    this.#counts[next.kind]--;
    next.cancelled = true;
    this.#now = Math.max(this.#now, next.at);
    next.run();
    await new Promise((resolve) => setImmediate(resolve));
    return true;
  }

  /** When something happens outside next. */
  nextInWorld(): number {
    return this.#heap.reduce(
      (least, { at, kind, cancelled }) => (kind === 'world' && !cancelled ? Math.min(least, at) : least),
      Number.POSITIVE_INFINITY,
    );
  }

  /** Lets time jump while all loops are idle: they wake later by what was skipped. */
  skipTo(time: number): void {
    const skipped = time - this.#now;
    if (skipped <= 0) return;
    for (const queued of this.#heap) if (queued.kind === 'idle') queued.at += skipped;
    const all = this.#heap.filter(({ cancelled }) => !cancelled);
    this.#heap = [];
    for (const queued of all) this.#push(queued);
    this.#now = time;
  }

  #push(queued: Queued): void {
    const heap = this.#heap;
    let index = heap.push(queued) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Queued;
      if (!isBefore(queued, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = queued;
  }

  #pop(): Queued | undefined {
    for (;;) {
      const first = this.#heap[0];
      const last = this.#heap.pop();
      if (!first || !last) return undefined;
      if (this.#heap.length > 0) this.#sink(last);
      if (!first.cancelled) return first;
    }
  }

  #sink(queued: Queued): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Queued, heap[child] as Queued)) child++;
      const below = heap[child] as Queued;
      if (!isBefore(below, queued)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = queued;
  }
}

function isBefore(one: Queued, other: Queued): boolean {
  return one.at < other.at || (one.at === other.at && one.tie < other.tie);
}
