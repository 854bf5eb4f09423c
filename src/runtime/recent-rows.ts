import type { Row } from './row.ts';

/**
 * Rows as this node last saved them, so that an event that follows soon is decided without reading. A row that another
 * node has moved since costs one refused write and a read: what is here is a guess, and every write checks it.
 */
export class RecentRows {
  readonly #rows = new Map<string, Row>();
  /** Ids in the order in which they came; a full round makes room. */
  readonly #ids: (string | undefined)[];
  #next = 0;

  constructor(capacity: number) {
    this.#ids = new Array(capacity);
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Keeps the row; the one that came first makes room. */
  keep(row: Row): void {
    if (!this.#rows.has(row.id)) {
      const oldest = this.#ids[this.#next];
      if (oldest !== undefined) this.#rows.delete(oldest);
      this.#ids[this.#next] = row.id;
      this.#next = (this.#next + 1) % this.#ids.length;
    }
    this.#rows.set(row.id, row);
  }

  forget(id: string): void {
    this.#rows.delete(id);
  }
}
