import { fernet } from './fernet.ts';
import { signer } from './signing.ts';

/** What tokens for links are made with (content 8.5). */
export type UrlTokenSecrets = {
  /** Of several the last signs and all verify. */
  secretKey: string | readonly string[];
  salt: string;
  /** With it tokens are encrypted, and signed ones are still understood. Default none. */
  encryptionSecret?: string;
};

/** A token's text, or why it cannot be used. */
export type CheckedUrlToken = { outcome: 'valid'; text: string } | { outcome: 'expired' | 'bad-data' };

type Dated = { text: string; at: Date };

const ENCODED_FULL_STOP = '%2E';

/** Full stops would end a link in some mail clients. */
export function percentEncodeFullStops(text: string): string {
  return text.replaceAll('.', ENCODED_FULL_STOP);
}

function signing({ secretKey, salt }: UrlTokenSecrets) {
  return signer([secretKey].flat(), salt);
}

function signedText(token: string, secrets: UrlTokenSecrets): Dated | null {
  const verified = signing(secrets).verifyTimed(token.replaceAll(ENCODED_FULL_STOP, '.'));
  return typeof verified?.payload === 'string' ? { text: verified.payload, at: verified.at } : null;
}

function encryptedText(token: string, { encryptionSecret }: UrlTokenSecrets): Dated | null {
  return encryptionSecret === undefined ? null : fernet(encryptionSecret).decrypt(token);
}

/** A dated token for a link, such as an unsubscribe link. */
export function urlToken(text: string, secrets: UrlTokenSecrets, now = new Date()): string {
  const { encryptionSecret } = secrets;
  if (encryptionSecret !== undefined) return fernet(encryptionSecret).encrypt(text, now);
  return percentEncodeFullStops(signing(secrets).signAt(text, now));
}

/** Reads a token, percent-encoded or not, that may be at most `maxAgeMs` old. */
export function checkUrlToken(
  token: string,
  secrets: UrlTokenSecrets,
  maxAgeMs: number,
  now = new Date(),
): CheckedUrlToken {
  const dated = encryptedText(token, secrets) ?? signedText(token, secrets);
  if (dated === null) return { outcome: 'bad-data' };
  const isExpired = now.getTime() - dated.at.getTime() > maxAgeMs;
  return isExpired ? { outcome: 'expired' } : { outcome: 'valid', text: dated.text };
}
