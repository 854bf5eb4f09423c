import { randomFillSync } from 'node:crypto';

const RANDOM_BYTES_A_ID = 10;
const pool = Buffer.alloc(RANDOM_BYTES_A_ID * 512);
let used = pool.length;

/** A version 7 UUID: ids sort by the time (`at`, milliseconds since the epoch) they were made for. */
export function timeOrderedId(at: number): string {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.toString('hex', used, used + RANDOM_BYTES_A_ID);
  used += RANDOM_BYTES_A_ID;
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const variant = '89ab'[Number.parseInt(random.slice(3, 4), 16) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}
