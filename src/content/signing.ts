import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';

const SEPARATOR = '.';
const COMPRESSED_MARK = '.';
/** Most bytes that a signed payload may unpack to. */
const MAX_UNPACKED_BYTES = 16_000_000;

/** Signs in the formats of itsdangerous 2.2 (content 8.5). Signed data can be read by anyone. */
export type Signer = {
  /** Of `URLSafeSerializer`: the payload may be any JSON. */
  sign(payload: unknown): string;
  /** The payload, or null when no secret made the signature. */
  verify(signed: string): { payload: unknown } | null;
  /** Of `URLSafeTimedSerializer`. */
  signAt(payload: unknown, at: Date): string;
  verifyTimed(signed: string): { payload: unknown; at: Date } | null;
};

function base64url(bytes: Buffer | string): string {
  return Buffer.from(bytes).toString('base64url');
}

function signatureOf(text: string, key: Buffer): Buffer {
  return createHmac('sha1', key).update(text).digest();
}

function pack(payload: unknown): string {
  const json = Buffer.from(JSON.stringify(payload));
  const compressed = deflateSync(json);
  return compressed.length < json.length - 1 ? COMPRESSED_MARK + base64url(compressed) : base64url(json);
}

function unpack(packed: string): { payload: unknown } | null {
  const isCompressed = packed.startsWith(COMPRESSED_MARK);
  const bytes = Buffer.from(isCompressed ? packed.slice(1) : packed, 'base64url');
  try {
    const json = isCompressed ? inflateSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }) : bytes;
    return { payload: JSON.parse(json.toString()) };
  } catch {
    return null;
  }
}

function packTime(at: Date): string {
  const hex = Math.floor(at.getTime() / 1000).toString(16);
  return base64url(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex'));
}

function unpackTime(packed: string): Date {
  return new Date(Number.parseInt(`0${Buffer.from(packed, 'base64url').toString('hex')}`, 16) * 1000);
}

/** The parts around the last separator, or null without one. */
function splitAtLast(text: string): [before: string, after: string] | null {
  const at = text.lastIndexOf(SEPARATOR);
  return at === -1 ? null : [text.slice(0, at), text.slice(at + 1)];
}

/** A signer for secrets of which the last signs and all verify, newest first. */
export function signer(secrets: readonly string[], salt: string): Signer {
  const keys = secrets.map((secret) => createHash('sha1').update(`${salt}signer${secret}`).digest()).reverse();
  const [signingKey] = keys;
  if (signingKey === undefined) throw new RangeError('A signer needs at least one secret');

  const withSignature = (text: string) => text + SEPARATOR + base64url(signatureOf(text, signingKey));
  const signedText = (signed: string): string | null => {
    const [text, signature] = splitAtLast(signed) ?? [];
    if (text === undefined || signature === undefined) return null;
    const given = Buffer.from(signature, 'base64url');
    const isGenuine = keys.some((key) => {
      const expected = signatureOf(text, key);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    return isGenuine ? text : null;
  };

  return {
    sign: (payload) => withSignature(pack(payload)),
    verify: (signed) => {
      const text = signedText(signed);
      return text === null ? null : unpack(text);
    },
    signAt: (payload, at) => withSignature(pack(payload) + SEPARATOR + packTime(at)),
    verifyTimed: (signed) => {
      const [packed, time] = splitAtLast(signedText(signed) ?? '') ?? [];
      const unpacked = packed === undefined ? null : unpack(packed);
      return unpacked === null || time === undefined ? null : { ...unpacked, at: unpackTime(time) };
    },
  };
}
