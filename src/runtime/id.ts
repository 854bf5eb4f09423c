import { randomBytesOf } from '../random-bytes.ts';

const RANDOM_BYTES_A_ID = 10;

/** A version 7 UUID: ids sort by the time (`at`, milliseconds since the epoch) they were made for. */
export function timeOrderedId(at: number): string {
  const random = randomBytesOf(RANDOM_BYTES_A_ID).toString('hex');
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const variant = '89ab'[Number.parseInt(random.slice(3, 4), 16) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}
