import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../src/sandbox/sandbox.ts';

/** The sandbox remembers 10,000 messages and 1,000 callbacks: at a few hundred a second, this is often enough. */
const LOOK_MS = 1000;
/** An outcome that is not saved for longer than a lease before a fault is not the fault's doing. */
const LEASE_MS = 5000;

/** A time in which something was broken on purpose. `what` names the reason that repeats from it are given. */
export type Fault = { what: string; from: number; to: number };

/** No fault explains it: this must not happen. */
export const UNEXPLAINED = 'unexplained';

export type Repeats = {
  total: number;
  /** Counts by reason: the fault that the first call fell into, or `unexplained`. */
  reasons: Record<string, number>;
  /** References of those that no fault explains, with the times of their calls. */
  unexplained: { reference: string; times: number[] }[];
};

/** Watches at the provider's and the service's end of the wire: what came, when, and how often. */
export class Watch {
  readonly #sandbox: Sandbox;
  /** Reference → when it came, each time. */
  readonly #calls = new Map<string, number[]>();
  /** Notification → how often its service was told. */
  readonly #callbacks = new Map<string, number>();
  readonly #faults: Fault[] = [];
  /** Second of the epoch → references that came for the first time in it. */
  readonly #firstCalls = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  /** Of all calls, in order. */
  readonly #times: number[] = [];

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.look();
  }

  /** Takes in what came since the last look. */
  look(): void {
    for (const { reference, receivedAt } of this.#sandbox.messages().messages.toReversed()) {
      const at = Date.parse(receivedAt);
      const known = this.#calls.get(reference);
      if (known) known.push(at);
      else {
        this.#calls.set(reference, [at]);
        const second = Math.floor(at / 1000);
        this.#firstCalls.set(second, (this.#firstCalls.get(second) ?? 0) + 1);
      }
      this.#times.push(at);
    }
    for (const { body } of this.#sandbox.callbacks()) {
      const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : '';
      this.#callbacks.set(id, (this.#callbacks.get(id) ?? 0) + 1);
    }
    this.#sandbox.clear();
  }

  /** Something breaks; the result is called when it is whole again. */
  breaks(what: string): () => void {
    const fault: Fault = { what, from: Date.now(), to: Number.POSITIVE_INFINITY };
    this.#faults.push(fault);
    return () => {
      fault.to = Date.now();
    };
  }

  /** How long after `since` a provider is called again, in milliseconds. */
  async nextCallAfter(since: number): Promise<number> {
    for (;;) {
      this.look();
      const before = this.#times.findLastIndex((at) => at <= since);
      const next = this.#times[before + 1];
      if (next !== undefined) return next - since;
      await sleep(5);
    }
  }

  /** References of all messages that came more than once. */
  repeated(): string[] {
    return [...this.#calls].filter(([, times]) => times.length > 1).map(([reference]) => reference);
  }

  timesCalled(reference: string): number {
    return this.#calls.get(reference)?.length ?? 0;
  }

  timesTold(notification: string): number {
    return this.#callbacks.get(notification) ?? 0;
  }

  /**
   * Milliseconds from `since` to the end of the first whole second in which `perSecond` new messages reached a provider;
   * null where there was none before `until`.
   */
  fullRateAfter(since: number, perSecond: number, until = Date.now()): number | null {
    const last = Math.floor(until / 1000);
    for (let second = Math.ceil(since / 1000); second < last; second++) {
      if ((this.#firstCalls.get(second) ?? 0) >= perSecond) return (second + 1) * 1000 - since;
    }
    return null;
  }

  /** Messages that came more than once. `isSaved` tells whether an outcome had been saved before a time. */
  repeats(isSaved: (reference: string, before: number) => boolean = () => false): Repeats {
    const repeats: Repeats = { total: 0, reasons: {}, unexplained: [] };
    for (const [reference, times] of this.#calls) {
      for (const [index, before] of times.slice(0, -1).entries()) {
        const again = times[index + 1] ?? before;
        const what = isSaved(reference, again) ? UNEXPLAINED : this.#reason(before, again);
        repeats.total++;
        repeats.reasons[what] = (repeats.reasons[what] ?? 0) + 1;
        if (what === UNEXPLAINED) repeats.unexplained.push({ reference, times });
      }
    }
    return repeats;
  }

  /** The fault between two calls by which the first one's outcome was lost. */
  #reason(before: number, again: number): string {
    const fault = this.#faults.find(({ from, to }) => from <= again && before >= from - LEASE_MS && before <= to);
    return fault ? fault.what : UNEXPLAINED;
  }
}
