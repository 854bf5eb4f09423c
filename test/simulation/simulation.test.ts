import { describe, expect, test } from '@jest/globals';
import { runSchedule } from './schedule.ts';

const SCHEDULES = 1000;
const A_GROUP = 250;

/** Another range of seeds: `SIMULATION_SEED=5000 npm test -- test/simulation`. */
const first = Number(process.env['SIMULATION_SEED'] ?? 1);

describe('whatever happens to processes, statements, hints and receivers', () => {
  const groups = Array.from({ length: SCHEDULES / A_GROUP }, (_, index) => first + index * A_GROUP);

  test.each(groups)(
    'every notification ends as its chart allows, and is told once: seeds from %i',
    async (seed) => {
      const broken: Record<number, string[]> = {};
      let actors = 0;
      for (let each = seed; each < seed + A_GROUP; each++) {
        const outcome = await runSchedule(each);
        actors += outcome.notifications;
        if (outcome.broken.length > 0) broken[each] = outcome.broken;
      }
      expect(broken).toEqual({});
      expect(actors).toBeGreaterThan(A_GROUP);
    },
    120_000,
  );

  test('a seed tells the same story each time', async () => {
    const [one, other] = [await runSchedule(first), await runSchedule(first)];
    expect(other.diary).toEqual(one.diary);
  });
});
