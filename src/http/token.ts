import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Fields, isFields } from './fields.ts';

/** A JWT taken apart; nothing of it is verified. */
export type Token = { header: Fields; claims: Fields; signedPart: string; signature: Buffer };

/** Why the claims of a well signed token are refused. `unknown-key` is how a missing `iat` reads (public-api 1.2). */
export type ClaimsProblem = 'unknown-key' | 'clock' | 'general';

/** Seconds that clocks may differ, on both sides. */
const LEEWAY_SECONDS = 30;
const INTEGER_TEXT = /^\s*[+-]?\d+\s*$/;

/** A key as it is kept in memory: its HMAC key is prepared once for each such object. */
export type SecretHolder = { readonly secret: string };

const hmacKeys = new WeakMap<SecretHolder, KeyObject>();

/** A client makes the same token again and again within a second: its text is taken apart and verified once. */
const recentTokens = new Map<string, Token>();
const RECENT_TOKENS = 1000;
const LONGEST_RECENT = 512;
/** The keys that were found to have signed a token. A service that is read again has new ones. */
const signers = new WeakMap<Token, SecretHolder>();

/** Null for what cannot be parsed as a JWT. */
export function parseToken(text: string): Token | null {
  const recent = recentTokens.get(text);
  if (recent !== undefined) return recent;
  const token = parse(text);
  if (token !== null && text.length <= LONGEST_RECENT) {
    if (recentTokens.size >= RECENT_TOKENS) recentTokens.clear();
    recentTokens.set(text, token);
  }
  return token;
}

function parse(text: string): Token | null {
  const [header = '', payload = '', signature, ...rest] = text.split('.');
  if (signature === undefined || rest.length > 0) return null;
  const headerFields = decode(header);
  const claims = decode(payload);
  if (headerFields === null || claims === null) return null;
  return {
    header: headerFields,
    claims,
    signedPart: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** HS256 under the characters of the key's secret (public-api 1.1). */
export function isSignedBy(token: Token, apiKey: SecretHolder): boolean {
  if (signers.get(token) === apiKey) return true;
  const expected = createHmac('sha256', hmacKey(apiKey)).update(token.signedPart).digest();
  const isSigned = token.signature.length === expected.length && timingSafeEqual(token.signature, expected);
  if (isSigned) signers.set(token, apiKey);
  return isSigned;
}

/** Checks the claims of a token whose signature is right; null when they are in order. */
export function claimsProblem(claims: Fields, nowSeconds: number): ClaimsProblem | null {
  if (!Object.hasOwn(claims, 'iat')) return 'unknown-key';
  const issuedAt = wholeNumber(claims['iat']);
  if (issuedAt === null || nowSeconds > issuedAt + LEEWAY_SECONDS || issuedAt > nowSeconds + LEEWAY_SECONDS)
    return 'clock';
  const notBefore = timeClaim(claims, 'nbf');
  if (typeof notBefore === 'number' && notBefore > nowSeconds + LEEWAY_SECONDS) return 'clock';
  if (notBefore === null) return 'general';
  const expiry = timeClaim(claims, 'exp');
  if (expiry !== undefined && (expiry === null || nowSeconds > expiry + LEEWAY_SECONDS)) return 'general';
  if (Object.hasOwn(claims, 'aud') || !isAbsentOrText(claims, 'sub') || !isAbsentOrText(claims, 'jti'))
    return 'general';
  return null;
}

function hmacKey(apiKey: SecretHolder): KeyObject {
  const known = hmacKeys.get(apiKey);
  if (known !== undefined) return known;
  const key = createSecretKey(Buffer.from(apiKey.secret));
  hmacKeys.set(apiKey, key);
  return key;
}

function decode(part: string): Fields | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** Undefined where the claim is absent, null where it is no number. */
function timeClaim(claims: Fields, name: string): number | null | undefined {
  return Object.hasOwn(claims, name) ? wholeNumber(claims[name]) : undefined;
}

/** Integer, float or text of an integer, as an integer; null for anything else. */
function wholeNumber(value: unknown): number | null {
  if (typeof value === 'number') return Math.trunc(value);
  return typeof value === 'string' && INTEGER_TEXT.test(value) ? Number(value) : null;
}

function isAbsentOrText(claims: Fields, name: string): boolean {
  return !Object.hasOwn(claims, name) || typeof claims[name] === 'string';
}
