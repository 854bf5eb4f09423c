import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../src/sandbox/sandbox.ts';

/** A call that the provider answered this long before a kill had its outcome saved: repeating it would be a fault. */
const SAVED_AFTER_MS = 250;

/** Watches at the provider's end of the wire which messages came more than once, and why that may be. */
export class Watch {
  readonly #sandbox: Sandbox;
  /** Reference → times at which it came. */
  readonly #calls = new Map<string, Set<number>>();
  readonly #kills: number[] = [];

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** Takes in what came since the last look. To be called at least every 10,000 messages. */
  look(): void {
    const { messages } = this.#sandbox.messages({ limit: 10_000 });
    for (const { reference, receivedAt } of messages) {
      const times = this.#calls.get(reference) ?? new Set();
      times.add(Date.parse(receivedAt));
      this.#calls.set(reference, times);
    }
    this.#sandbox.clear();
  }

  killed(): void {
    this.#kills.push(Date.now());
  }

  /** How long after `since` the provider is called again, in milliseconds. */
  async firstCallAfter(since: number): Promise<number> {
    for (;;) {
      const [newest] = this.#sandbox.messages({ limit: 1 }).messages;
      if (newest && Date.parse(newest.receivedAt) > since) return Date.parse(newest.receivedAt) - since;
      await sleep(2);
    }
  }

  repeats(): { total: number; unexplained: number } {
    let total = 0;
    let unexplained = 0;
    for (const times of this.#calls.values()) {
      const [first, ...later] = [...times].sort((a, b) => a - b);
      for (const time of later) {
        total++;
        const kill = this.#kills.findLast((at) => at <= time);
        if (first === undefined || kill === undefined || kill - first > SAVED_AFTER_MS) unexplained++;
      }
    }
    return { total, unexplained };
  }
}
