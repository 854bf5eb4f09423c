import { expect, test } from '@jest/globals';
import type { Change, Row, TrailEntry } from '../../src/runtime/row.ts';
import { MemoryStore } from './memory-store.ts';
import { type Plant, runSchedule } from './schedule.ts';

const MOST_SEEDS = 600;

/** Saves a step although the row has moved on since it was decided. */
class WithoutVersions extends MemoryStore {
  protected override commitOne(type: string, change: Change): boolean {
    const version = this.table(type).get(change.row.id)?.version ?? 0;
    return super.commitOne(type, { ...change, row: { ...change.row, version: version + 1 } });
  }
}

/** Takes leases of nodes that live. */
class WithoutLeases extends MemoryStore {
  protected override isClaimable(): boolean {
    return true;
  }
}

/** Claims rows that are not due. */
class Impatient extends MemoryStore {
  override claim(type: string, claim: Parameters<MemoryStore['claim']>[1]) {
    return super.claim(type, { ...claim, now: claim.now + claim.leaseMs });
  }
}

/** Says that a step was saved when its row had moved on. */
class DropsLostRaces extends MemoryStore {
  protected override commitOne(type: string, change: Change): boolean {
    super.commitOne(type, change);
    return true;
  }
}

/** Inserts children whether or not their parent's step was saved. */
class ChildrenApart extends MemoryStore {
  protected override commitOne(type: string, change: Change): boolean {
    for (const child of change.children) this.insert(child.type, [child]);
    return super.commitOne(type, { ...change, children: [] });
  }
}

/** Forgets the children of every third step that has some: a crash between two commits. */
class LosesChildren extends MemoryStore {
  #steps = 0;

  protected override commitOne(type: string, change: Change): boolean {
    if (change.children.length > 0 && ++this.#steps % 3 === 0)
      return super.commitOne(type, { ...change, children: [] });
    return super.commitOne(type, change);
  }
}

/** Loses the deadline of a row that waits. */
class WithoutDeadlines extends MemoryStore {
  protected override write(type: string, before: Row | null, after: Row, trail: TrailEntry | null): void {
    super.write(type, before, after.state === 'created.backoff' ? { ...after, wakeAt: null } : after, trail);
  }
}

/** Nodes on their way to a row lose it when any node dies. */
class ExpiresWhatIsInTransit extends MemoryStore {
  override expireLeases(type: string, dead: number[], now: number): number {
    const inTransit = [...this.table(type).values()].filter(
      ({ leasedBy, wakeAt }) => leasedBy === 0 && (wakeAt ?? 0) > now,
    );
    for (const row of inTransit) this.write(type, row, { ...row, wakeAt: now }, null);
    return inTransit.length + super.expireLeases(type, dead, now);
  }
}

const plants: [string, Plant][] = [
  ['a commit that ignores the version', { store: () => new WithoutVersions() }],
  ['a claim that takes the leases of living nodes', { store: () => new WithoutLeases() }],
  ['a claim that takes rows before they are due', { store: () => new Impatient() }],
  ['an event that is dropped on a lost race', { store: () => new DropsLostRaces() }],
  ['children that are inserted although their step was not saved', { store: () => new ChildrenApart() }],
  ['children that are not in the commit of their step', { store: () => new LosesChildren() }],
  ['a waiting row without a deadline', { store: () => new WithoutDeadlines() }],
  ['a death that takes what is on its way to the living', { store: () => new ExpiresWhatIsInTransit() }],
];

test.each(plants)(
  'the simulation finds %s',
  async (_bug, plant) => {
    const broken: string[] = [];
    for (let seed = 1; seed <= MOST_SEEDS && broken.length === 0; seed++) {
      const outcome = await runSchedule(seed, { ...plant, maxTurns: 20_000 });
      broken.push(...outcome.broken);
    }
    expect(broken).not.toEqual([]);
  },
  120_000,
);
