import { describe, expect, test } from '@jest/globals';
import { Pool, type PoolOptions } from '../../src/runtime/pool.ts';

/** Runs tasks that end when the test says so, and notes which began. */
function openPool(options: PoolOptions) {
  const pool = new Pool(options);
  const begun: string[] = [];
  const running = new Map<string, () => void>();
  return {
    pool,
    begun,
    add: (key: string, name: string) => {
      const place = pool.reserve(key);
      place?.run(() => {
        begun.push(name);
        return new Promise<void>((resolve) => running.set(name, resolve));
      });
      return place !== null;
    },
    end: async (name: string) => {
      running.get(name)?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('a pool', () => {
  test('runs no more at once than its concurrency, and takes no more than its queue besides', () => {
    const { add, begun, pool } = openPool({ concurrency: 2, queue: 1 });
    expect([add('a', '1'), add('b', '2'), add('c', '3'), add('d', '4')]).toEqual([true, true, true, false]);
    expect(begun).toEqual(['1', '2']);
    expect([pool.running, pool.queued, pool.claimable]).toEqual([2, 1, 0]);
  });

  test('counts a reserved place as taken until it is released', () => {
    const pool = new Pool({ concurrency: 1, queue: 0 });
    const place = pool.reserve('a');
    expect(pool.reserve('b')).toBeNull();
    place?.release();
    expect(pool.reserve('b')).not.toBeNull();
  });

  test('a key holds no more places than are free, so that a newcomer always finds one', () => {
    const { add } = openPool({ concurrency: 2, queue: 98 });
    const taken = (key: string) => {
      let count = 0;
      while (add(key, `${key}${count}`)) count++;
      return count;
    };
    expect([taken('a'), taken('b'), taken('c'), taken('d')]).toEqual([50, 25, 13, 6]);
  });

  test('one key may use all that run at once, where nothing can wait', () => {
    const { add } = openPool({ concurrency: 3, queue: 0 });
    expect([add('a', '1'), add('a', '2'), add('a', '3'), add('a', '4')]).toEqual([true, true, true, false]);
  });

  test('claimed rows hold no more places than are free, whosever they are', async () => {
    const pool = new Pool({ concurrency: 2, queue: 8 });
    const places = [];
    for (let place = pool.reserveForClaimed('a'); place; place = pool.reserveForClaimed('a')) places.push(place);
    expect([places.length, pool.claimable]).toEqual([5, 0]);
    expect(pool.reserve('b')).not.toBeNull();
    places[0]?.run(async () => {});
    await new Promise((resolve) => setImmediate(resolve));
    expect([pool.held, pool.claimable]).toEqual([5, 1]);
  });

  test('gives keys their turns: a long line delays nobody else', async () => {
    const { add, begun, end } = openPool({ concurrency: 1, queue: 10 });
    for (const name of ['a1', 'a2', 'a3']) add('a', name);
    add('b', 'b1');
    add('c', 'c1');
    for (const name of ['a1', 'b1', 'c1', 'a2', 'a3']) await end(name);
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
  });

  test('one key holds no more places than it may, however many are free', async () => {
    const { add, begun, end } = openPool({ concurrency: 5, queue: 10, perKey: 2 });
    for (const name of ['a1', 'a2', 'a3']) add('a', name);
    add('b', 'b1');
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  test('a key that was slow runs one at a time until it is quick again', async () => {
    const { add, begun, end } = openPool({ concurrency: 10, queue: 10, perKey: 3, slowMs: 30 });
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) add('a', name);
    await new Promise((resolve) => setTimeout(resolve, 40));
    for (const name of ['a1', 'a2', 'a3']) await end(name);
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4']);
    add('b', 'b1');
    add('b', 'b2');
    expect(begun.slice(4)).toEqual(['b1', 'b2']);
    await end('a4');
    expect(begun.slice(6)).toEqual(['a5', 'a6']);
  });

  test('is idle when nothing runs, waits or is reserved', async () => {
    const { pool, add, end } = openPool({ concurrency: 1, queue: 5 });
    add('a', '1');
    add('a', '2');
    const place = pool.reserve('b');
    let isIdle = false;
    const idle = pool.idle().then(() => {
      isIdle = true;
    });
    await end('1');
    await end('2');
    expect(isIdle).toBe(false);
    place?.release();
    await idle;
    expect(isIdle).toBe(true);
  });

  test('keeps the order of a key over hundreds of tasks', async () => {
    const pool = new Pool({ concurrency: 1, queue: 1000 });
    const order: number[] = [];
    for (let index = 0; index < 500; index++) {
      pool.reserve('a')?.run(async () => {
        order.push(index);
      });
    }
    await pool.idle();
    expect(order).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });
});
