import type { Store } from '../../src/runtime/store.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { World } from './world.ts';

/** The store was not reached, or its answer got lost. */
class Unreachable extends Error {}

/**
 * The store as one process sees it: statements and answers take their time, and get lost. A statement that is on its
 * way when its process dies may still be carried out.
 */
export function remoteStore(world: World, process: SimulatedProcess): Store {
  const { store, prng, time, faults } = world;
  const duration = () => (prng.chance(faults.slowStatement) ? prng.between(0, world.leaseMs) : prng.between(0, 5));

  const call = <T>(work: () => T, ifInDoubt: () => void = () => {}): Promise<T> =>
    new Promise((resolve, reject) => {
      const there = duration();
      const back = duration();
      const isLostBefore = prng.chance(faults.failBefore);
      const isLostAfter = prng.chance(faults.failAfter);
      if (isLostBefore || isLostAfter || there + back > world.leaseMs / 6) ifInDoubt();
      time.after(there, 'work', () => {
        if (!process.alive && prng.chance(0.5)) return;
        if (isLostBefore) return process.after(back, 'work', () => reject(new Unreachable('not reached')));
        world.findings.acting = process.number;
        const answer = work();
        process.after(back, 'work', () => (isLostAfter ? reject(new Unreachable('answer lost')) : resolve(answer)));
      });
    });

  return {
    insert: (type, rows) => call(() => store.insert(type, rows)),
    load: (type, ids) => call(() => store.load(type, ids)),
    commit: async (type, changes) => {
      const saved = await call(() => store.commit(type, changes));
      world.findings.learned(
        process.number,
        changes.filter(({ row }, index) => saved[index] && row.wakeAt === null).map(({ row }) => row.id),
      );
      return saved;
    },
    claim: (type, claim) => call(() => store.claim(type, claim)),
    renew: (type, rows) =>
      call(
        () => store.renew(type, rows),
        () => {
          for (const { id, leasedBy } of rows)
            if (leasedBy !== null) world.findings.excuse(id, 'its lease was not renewed in time');
        },
      ),
    expireLeases: (type, dead, now) => call(() => store.expireLeases(type, dead, now)),
    isRetryable: (error) => error instanceof Unreachable,
  };
}
