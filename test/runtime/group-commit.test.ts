import { describe, expect, test } from '@jest/globals';
import { GroupCommit, Overloaded } from '../../src/runtime/group-commit.ts';
import { ManualClock } from '../machines/manual-clock.ts';

const passing = new Error('passing');
const turn = () => new Promise((resolve) => setImmediate(resolve));

function commits(
  run: (items: string[]) => Promise<string[]>,
  options: { lanes?: number; max?: number; maxWaiting?: number; patienceMs?: number } = {},
) {
  const clock = new ManualClock(0);
  const groups: string[][] = [];
  const commit = new GroupCommit<string, string>(
    (items) => {
      groups.push(items);
      return run(items);
    },
    {
      clock,
      max: 100,
      lanes: 1,
      isRetryable: (error) => error === passing,
      key: (item) => item.slice(0, 1),
      ...options,
    },
  );
  return { clock, groups, commit };
}

const echo = async (items: string[]) => items.map((item) => `${item}!`);

describe('commits in company', () => {
  test('what is added in one turn travels together, and each gets its own answer', async () => {
    const { commit, groups } = commits(echo);
    expect(await Promise.all(['a', 'b', 'c'].map((item) => commit.add(item)))).toEqual(['a!', 'b!', 'c!']);
    expect(groups).toEqual([['a', 'b', 'c']]);
  });

  test('what gathers while a statement is in flight goes into the next one', async () => {
    const gate = Promise.withResolvers<void>();
    const { commit, groups } = commits(async (items) => {
      await gate.promise;
      return items;
    });
    const first = commit.add('a');
    await turn();
    const others = ['b', 'c'].map((item) => commit.add(item));
    await turn();
    expect(groups).toEqual([['a']]);
    gate.resolve();
    await Promise.all([first, ...others]);
    expect(groups).toEqual([['a'], ['b', 'c']]);
  });

  test('items of one key never share a statement, and keep their order', async () => {
    const { commit, groups } = commits(echo);
    await Promise.all(['a1', 'a2', 'b1'].map((item) => commit.add(item)));
    expect(groups).toEqual([['a1', 'b1'], ['a2']]);
  });

  test('no statement takes more than the maximum', async () => {
    const { commit, groups } = commits(echo, { max: 2 });
    await Promise.all(['a', 'b', 'c'].map((item) => commit.add(item)));
    expect(groups).toEqual([['a', 'b'], ['c']]);
  });

  test('a store that cannot be reached is tried until it can', async () => {
    let failures = 3;
    const { commit, groups, clock } = commits(async (items) => {
      if (failures-- > 0) throw passing;
      return items;
    });
    const answer = commit.add('a');
    for (let tries = 0; tries < 4; tries++) {
      await turn();
      clock.moveTo(clock.now() + 1000);
    }
    expect(await answer).toBe('a');
    expect(groups).toHaveLength(4);
  });

  test('more than may wait is refused at once, and what waits is still done', async () => {
    const gate = Promise.withResolvers<void>();
    const { commit } = commits(
      async (items) => {
        await gate.promise;
        return items;
      },
      { maxWaiting: 2 },
    );
    const taken = commit.add('a');
    await turn();
    const waiting = ['b', 'c'].map((item) => commit.add(item));
    await expect(commit.add('d')).rejects.toBeInstanceOf(Overloaded);
    gate.resolve();
    expect(await Promise.all([taken, ...waiting])).toEqual(['a', 'b', 'c']);
  });

  test('out of patience, what no statement took is refused; what one took is tried until its answer is known', async () => {
    let isAway = true;
    const { commit, groups, clock } = commits(
      async (items) => {
        if (isAway) throw passing;
        return items;
      },
      { patienceMs: 5000 },
    );
    const taken = commit.add('a');
    await turn();
    const early = commit.add('b').catch((error: unknown) => error);
    clock.moveTo(3000);
    await turn();
    const late = commit.add('c');
    clock.moveTo(5000);
    expect(await early).toBeInstanceOf(Overloaded);
    isAway = false;
    for (let tries = 0; tries < 3; tries++) {
      await turn();
      clock.moveTo(clock.now() + 1000);
    }
    expect(await Promise.all([taken, late])).toEqual(['a', 'c']);
    expect(groups.flat()).not.toContain('b');
  });

  test('an item that the store refuses does not spoil its company', async () => {
    const refused = new Error('refused');
    const { commit } = commits(async (items) => {
      if (items.includes('bad')) throw refused;
      return items;
    });
    const answers = await Promise.allSettled(['a', 'bad', 'c', 'd'].map((item) => commit.add(item)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });
});
