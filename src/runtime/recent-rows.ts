import type { Row } from './row.ts';

/**
 * Rows as this node last saved them, so that an event that follows soon is decided without reading. A row that another
 * node has moved since costs one refused write and a read: what is here is a guess, and every write checks it.
 */
export class RecentRows {
  readonly #capacity: number;
  readonly #rows = new Map<string, Row>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Keeps the row; the one that was kept longest makes room. */
  keep(row: Row): void {
    this.#rows.delete(row.id);
    this.#rows.set(row.id, row);
    if (this.#rows.size <= this.#capacity) return;
    for (const oldest of this.#rows.keys()) {
      this.#rows.delete(oldest);
      return;
    }
  }

  forget(id: string): void {
    this.#rows.delete(id);
  }
}
