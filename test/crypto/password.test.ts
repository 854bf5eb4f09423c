import { afterAll, describe, expect, test } from '@jest/globals';
import { hashPassword, isOutdated, isPassword } from '../../src/crypto/password.ts';
import { openThreads } from '../../src/threads/threads.ts';

const SALT = 'abcdefghijklmnopqrstuu';
/** Made by crypt(3). */
const IMPORTED = [
  ['correct horse battery staple', `$2b$12$${SALT}0sDWleciW5uGBGYwxpcgAsh9WK4bWNy`],
  ['pässwörd €', `$2b$10$${SALT}Ly3KcSYByppTxW6VA7WBBw/QKQeKCRC`],
  ['x'.repeat(80), `$2b$10$${SALT}hBb/0dYbuuS1CS8hp30IXhlFBW2VAWG`],
] as const;

describe('a password', () => {
  const threads = openThreads();
  afterAll(() => threads.close());

  test('is known again by its hash, which is up to date', async () => {
    const stored = await hashPassword('a password');
    expect(await isPassword('a password', stored, threads)).toBe(true);
    expect(await isPassword('a passwort', stored, threads)).toBe(false);
    expect(isOutdated(stored)).toBe(false);
    expect(isOutdated(stored.replace('scrypt$16384$', 'scrypt$8192$'))).toBe(true);
  });

  test.each(IMPORTED)('%s is known again by an imported hash, which is outdated', async (password, stored) => {
    expect(await isPassword(password, stored, threads)).toBe(true);
    expect(await isPassword(`not ${password}`, stored, threads)).toBe(false);
    expect(isOutdated(stored)).toBe(true);
  });

  test.each(['', 'x', '$2b$12$short', `$2x$12$${SALT}0sDWleciW5uGBGYwxpcgAsh9WK4bWNy`])(
    'is not known by the stored text %j',
    async (stored) => expect(await isPassword('', stored, threads)).toBe(false),
  );

  test('is checked beside the main thread, however many come at once', async () => {
    const [password, stored] = IMPORTED[0];
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 5);
    const checks = Array.from({ length: 6 }, (_, nth) => isPassword(nth % 2 === 0 ? password : 'x', stored, threads));
    expect(await Promise.all(checks)).toEqual([true, false, true, false, true, false]);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
  });
});
