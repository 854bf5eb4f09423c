import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { Threads } from '../threads/threads.ts';
import { isBcryptHash } from './bcrypt.ts';

/** Memory use is 128 N r bytes: 16 MB. Takes some 50 ms of a thread beside the main one. */
const COST: Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>> = { N: 16_384, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const STORED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

/** A hash of a password or code for storage, with its salt and cost: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether a password is the one that was hashed, here or in GOV.UK Notify. Stored texts that are no such hash belong to
 * nobody's password.
 */
export async function isPassword(password: string, stored: string, { run }: Pick<Threads, 'run'>): Promise<boolean> {
  if (isBcryptHash(stored)) return run('isBcryptPassword', { password, stored });
  const [, N, r, p, salt, hash] = STORED.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), expected.length, cost), expected);
}

/** Whether a stored hash is of another scheme or cost than new ones: to be replaced when its password is at hand. */
export function isOutdated(stored: string): boolean {
  const [, N, r, p] = STORED.exec(stored) ?? [];
  return Number(N) !== COST.N || Number(r) !== COST.r || Number(p) !== COST.p;
}

function derive(password: string, salt: Buffer, length: number, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
