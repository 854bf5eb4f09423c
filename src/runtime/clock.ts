/** Where time comes from. All times in the runtime are milliseconds since the epoch. */
export type Clock = {
  now(): number;
  /** Resolves after `ms`, or as soon as `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `work` when everything that is ready now has run: one turn of the event loop later. */
  defer(work: () => void): void;
};

/** An answer that took longer may be off by more than half of this. */
const LONGEST_ROUND_TRIP_MS = 200;

/**
 * This machine's steady clock, corrected to a reference that all nodes share (the database's): a stepped wall clock
 * moves no deadline.
 */
export class ReferenceClock implements Clock {
  #offset = Date.now() - performance.now();
  #isSet = false;

  now(): number {
    return Math.floor(performance.now() + this.#offset);
  }

  /**
   * Tells the clock what the reference said, asked `roundTripMs` ago. An answer that took long is not used once there
   * was a better one: nobody knows when in that time it was given.
   */
  adjust(referenceNow: number, roundTripMs: number): void {
    if (this.#isSet && roundTripMs > LONGEST_ROUND_TRIP_MS) return;
    this.#isSet = true;
    this.#offset = referenceNow + roundTripMs / 2 - performance.now();
  }

  defer(work: () => void): void {
    setImmediate(work);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}
