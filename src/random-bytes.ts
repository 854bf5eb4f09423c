import { randomFillSync } from 'node:crypto';

/** Fetched for hundreds of uses at once: each fetch asks the operating system, and costs more than most uses. */
const pool = Buffer.alloc(8192);
let used = pool.length;

/** Up to 64 unpredictable bytes, valid until the next call: copy them, or turn them into text. No byte is given twice. */
export function randomBytesOf(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
