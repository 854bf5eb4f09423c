import type { Clock } from '../../src/runtime/clock.ts';

type Sleeper = { until: number; wake: () => void };

/** A clock that a test moves; who sleeps wakes when it is moved far enough. */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    const awake = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of awake) wake();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      if (signal?.aborted || ms <= 0) return wake();
      this.#sleepers.push({ until: this.#now + ms, wake });
      signal?.addEventListener('abort', () => wake(), { once: true });
    });
  }

  defer(work: () => void): void {
    setImmediate(work);
  }
}
