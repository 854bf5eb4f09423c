import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const SALT_BYTES = 16;
const HASH_BYTES = 32;

const derive: (address: string, salt: Buffer, length: number) => Promise<Buffer> = promisify(scrypt);

/** A slow hash of an address, as `salt.hash` in base64url: the address that may open a document is never kept. */
export async function hashRecipient(normalisedAddress: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(normalisedAddress, salt, HASH_BYTES);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

export async function isHashOf(hashed: string, normalisedAddress: string): Promise<boolean> {
  const [salt = '', expected = ''] = hashed.split('.');
  const hash = await derive(normalisedAddress, Buffer.from(salt, 'base64url'), HASH_BYTES);
  const wanted = Buffer.from(expected, 'base64url');
  return wanted.length === hash.length && timingSafeEqual(hash, wanted);
}
