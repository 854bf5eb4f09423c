import type { Change, ClaimedRow, NewRow, Row, TrailEntry } from '../../src/runtime/row.ts';
import type { Claim } from '../../src/runtime/store.ts';

/** Even a living node's lease is taken over when it has been over for so long, as in the real store. */
const HUNG_MS = 60_000;

export type Write = { type: string; before: Row | null; after: Row; trail: TrailEntry | null };
export type Claimed = { type: string; claim: Claim; rows: ClaimedRow[] };

/** What the real store does with rows, one statement at a time, in memory. */
export class MemoryStore {
  readonly tables = new Map<string, Map<string, Row>>();
  /** Looks at each write before anybody else sees it. */
  onWrite: (write: Write) => void = () => {};
  onClaim: (claimed: Claimed) => void = () => {};
  /** Whether another statement is taking the row just now (skip locked). */
  isLocked: (id: string) => boolean = () => false;

  insert(type: string, rows: NewRow[]): boolean[] {
    return rows.map(({ row, trail }) => {
      if (this.table(type).has(row.id)) return false;
      this.write(type, null, row, trail);
      return true;
    });
  }

  load(type: string, ids: string[]): (Row | null)[] {
    return ids.map((id) => {
      const row = this.table(type).get(id);
      return row ? copyOf(row) : null;
    });
  }

  commit(type: string, changes: Change[]): boolean[] {
    return changes.map((change) => this.commitOne(type, change));
  }

  claim(type: string, claim: Claim): ClaimedRow[] {
    const { pool, limit, node, now, leaseMs, liveOthers } = claim;
    const due = [...this.table(type).values()]
      .filter((row) => row.wakeAt !== null && row.pool === pool && row.wakeAt <= now)
      .filter((row) => this.isClaimable(row, liveOthers, now) && !this.isLocked(row.id))
      .sort((a, b) => (a.wakeAt ?? 0) - (b.wakeAt ?? 0))
      .slice(0, limit);
    const rows = due.map((row) => {
      const taken = { ...row, version: row.version + 1, leasedBy: node, wakeAt: now + leaseMs };
      this.write(type, row, taken, null);
      return { row: { ...copyOf(taken), wakeAt: row.wakeAt }, heldBefore: row.leasedBy };
    });
    this.onClaim({ type, claim, rows });
    return rows;
  }

  renew(type: string, rows: Row[]): boolean[] {
    return rows.map(({ id, version, wakeAt, leasedBy, timers }) => {
      const row = this.table(type).get(id);
      if (!row || row.version !== version) return false;
      this.write(type, row, { ...row, wakeAt, leasedBy, timers }, null);
      return true;
    });
  }

  expireLeases(type: string, dead: number[], now: number): number {
    const over = [...this.table(type).values()].filter(
      ({ wakeAt, leasedBy }) => wakeAt !== null && wakeAt > now && leasedBy !== null && dead.includes(leasedBy),
    );
    for (const row of over) this.write(type, row, { ...row, wakeAt: now }, null);
    return over.length;
  }

  /** Rows of one kind by id, as they are now. */
  table(type: string): Map<string, Row> {
    let rows = this.tables.get(type);
    if (!rows) {
      rows = new Map();
      this.tables.set(type, rows);
    }
    return rows;
  }

  *rows(): Generator<Row> {
    for (const table of this.tables.values()) yield* table.values();
  }

  protected isClaimable({ leasedBy, wakeAt }: Row, liveOthers: number[], now: number): boolean {
    return leasedBy === null || !liveOthers.includes(leasedBy) || (wakeAt ?? now) <= now - HUNG_MS;
  }

  /** A change and its children are saved together or not at all. */
  protected commitOne(type: string, { row, trail, children }: Change): boolean {
    const before = this.table(type).get(row.id);
    if (!before || before.version !== row.version - 1) return false;
    this.write(type, before, row, trail);
    for (const child of children) this.insert(child.type, [child]);
    return true;
  }

  protected write(type: string, before: Row | null, after: Row, trail: TrailEntry | null): void {
    const saved = copyOf(after);
    this.table(type).set(after.id, saved);
    this.onWrite({ type, before, after: saved, trail });
  }
}

function copyOf(row: Row): Row {
  return { ...row, context: { ...row.context }, timers: row.timers && [...row.timers] };
}
