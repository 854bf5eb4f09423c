import type { Row } from './row.ts';

/** Hints that this process has taken and whose lease is not over: a second copy of one is not to be run. */
export class TakenHints {
  readonly #ends = new Map<string, number>();

  /** Remembers the hint for a row until its lease ends; false for a copy of one that was taken before. */
  take({ id, version }: Row, leaseEnd: number, now: number): boolean {
    this.#forgetOver(now);
    const key = `${id} ${version}`;
    if (this.#ends.has(key)) return false;
    this.#ends.set(key, leaseEnd);
    return true;
  }

  /** Leases are of one length, so the first ones taken are over first. */
  #forgetOver(now: number): void {
    for (const [key, end] of this.#ends) {
      if (end > now) return;
      this.#ends.delete(key);
    }
  }
}
