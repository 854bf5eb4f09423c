/** Runs the work of one key strictly one after the other, and the work of different keys side by side. */
export class Serial {
  readonly #lines = new Map<string, (() => void)[]>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key);
    if (line) await new Promise<void>((resolve) => line.push(resolve));
    else this.#lines.set(key, []);
    try {
      return await work();
    } finally {
      const waiting = this.#lines.get(key);
      const next = waiting?.shift();
      if (next) next();
      else this.#lines.delete(key);
    }
  }
}
