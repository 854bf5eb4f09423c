import { describe, expect, test } from '@jest/globals';
import { fernet } from '../../src/content/fernet.ts';
import { shortIdToUuid, uuidToShortId } from '../../src/content/short-ids.ts';
import { signer } from '../../src/content/signing.ts';
import { checkUrlToken, urlToken } from '../../src/content/url-tokens.ts';
import { vectors } from './vectors.ts';

const utc = (text: string) => new Date(`${text}Z`);

describe('signed payloads', () => {
  type Input = { secret_key: string | string[]; salt: string; payload: unknown };
  type Expected = { signed: string; compressed: boolean };
  test.each(vectors<Input, Expected>('signing'))('%s', (_, { input, expected }) => {
    const signing = signer([input.secret_key].flat(), input.salt);
    const signed = signing.sign(input.payload);
    expect(signing.verify(expected.signed)).toEqual({ payload: input.payload });
    expect(signing.verify(signed)).toEqual({ payload: input.payload });
    expect(signed.startsWith('.')).toBe(expected.compressed);
    if (!expected.compressed) expect(signed).toBe(expected.signed);
  });

  test('a payload or signature that was changed is refused', () => {
    const signing = signer(['old', 'new'], 'salt');
    const signed = signing.sign('payload');
    expect(signing.verify(`x${signed}`)).toBeNull();
    expect(signing.verify(`${signed.slice(0, -4)}AAAA`)).toBeNull();
    expect(signing.verify('')).toBeNull();
    expect(signing.verify('no separator')).toBeNull();
  });

  test('every secret verifies', () => {
    const signed = signer(['old'], 'salt').sign({ a: 1 });
    expect(signer(['old', 'new'], 'salt').verify(signed)).toEqual({ payload: { a: 1 } });
    expect(signer(['new'], 'salt').verify(signed)).toBeNull();
  });
});

describe('signed URL tokens', () => {
  type Input = { payload: string; secret: string; salt: string; generated_at_utc: string };
  test.each(vectors<Input, { token: string }>('tokens-signed'))('%s', (_, { input, expected }) => {
    const secrets = { secretKey: input.secret, salt: input.salt };
    const at = utc(input.generated_at_utc);
    const later = new Date(at.getTime() + 10_000);
    const valid = { outcome: 'valid', text: input.payload };
    expect(urlToken(input.payload, secrets, at)).toBe(expected.token);
    expect(checkUrlToken(expected.token, secrets, 10_000, later)).toEqual(valid);
    expect(checkUrlToken(decodeURIComponent(expected.token), secrets, 10_000, later)).toEqual(valid);
    expect(checkUrlToken(expected.token, secrets, 9_999, later)).toEqual({ outcome: 'expired' });
    expect(checkUrlToken(`${expected.token}x`, secrets, 10_000, later)).toEqual({ outcome: 'bad-data' });
  });
});

describe('encrypted URL tokens', () => {
  type Input = { encryption_secret: string; payload: string; generated_at_utc: string; iv_hex: string };
  test.each(vectors<Input, { token: string }>('tokens-encrypted'))('%s', (_, { input, expected }) => {
    const at = utc(input.generated_at_utc);
    const encryption = fernet(input.encryption_secret);
    expect(encryption.encrypt(input.payload, at, Buffer.from(input.iv_hex, 'hex'))).toBe(expected.token);
    expect(encryption.decrypt(expected.token)).toEqual({ text: input.payload, at });

    const signed = { secretKey: ['old', 'new'], salt: 'salt' };
    const secrets = { ...signed, encryptionSecret: input.encryption_secret };
    const later = new Date(at.getTime() + 10_000);
    const check = (token: string, maxAgeMs = 10_000) => checkUrlToken(token, secrets, maxAgeMs, later);
    expect(check(expected.token)).toEqual({ outcome: 'valid', text: input.payload });
    expect(check(expected.token, 9_999)).toEqual({ outcome: 'expired' });
    expect(check(expected.token.replace('gAAAAA', 'gAAAAB'))).toEqual({ outcome: 'bad-data' });
    expect(check(urlToken('signed', signed, at))).toEqual({ outcome: 'valid', text: 'signed' });
    expect(urlToken(input.payload, secrets, at)).not.toBe(urlToken(input.payload, secrets, at));
  });
});

describe('short identifiers', () => {
  type Expected = { base64: string; round_trip: string };
  test.each(vectors<{ uuid: string }, Expected>('base64-uuid'))('%s', (_, { input, expected }) => {
    expect(uuidToShortId(input.uuid)).toBe(expected.base64);
    expect(shortIdToUuid(expected.base64)).toBe(expected.round_trip);
  });

  test('other text is none', () => {
    expect(uuidToShortId('not-a-uuid')).toBeNull();
    expect(shortIdToUuid('AAAAAAAAAAAAAAAAAAAAA=')).toBeNull();
  });
});
