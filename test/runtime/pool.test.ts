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
      if (!pool.reserve()) return false;
      pool.run(key, () => {
        begun.push(name);
        return new Promise<void>((resolve) => running.set(name, resolve));
      });
      return true;
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
    expect([pool.running, pool.queued, pool.room]).toEqual([2, 1, 0]);
  });

  test('counts a reserved place as taken until it is released', () => {
    const pool = new Pool({ concurrency: 1, queue: 0 });
    expect([pool.reserve(), pool.reserve()]).toEqual([true, false]);
    pool.release();
    expect(pool.reserve()).toBe(true);
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

  test('is idle when nothing runs, waits or is reserved', async () => {
    const { pool, add, end } = openPool({ concurrency: 1, queue: 5 });
    add('a', '1');
    add('a', '2');
    pool.reserve();
    let isIdle = false;
    const idle = pool.idle().then(() => {
      isIdle = true;
    });
    await end('1');
    await end('2');
    expect(isIdle).toBe(false);
    pool.release();
    await idle;
    expect(isIdle).toBe(true);
  });

  test('keeps the order of a key over hundreds of tasks', async () => {
    const pool = new Pool({ concurrency: 1, queue: 1000 });
    const order: number[] = [];
    for (let index = 0; index < 500; index++) {
      pool.reserve();
      pool.run('a', async () => {
        order.push(index);
      });
    }
    await pool.idle();
    expect(order).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });
});
