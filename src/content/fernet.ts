import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const VERSION = 0x80;
const HEADER_BYTES = 9;
const IV_BYTES = 16;
const BLOCK_BYTES = 16;
const MAC_BYTES = 32;
const KEY_BYTES = 32;
const ALGORITHM = 'aes-128-cbc';
const TOKEN = /^[A-Za-z0-9_-]+={0,2}$/;

/** Encrypted, dated texts in the Fernet format: AES-128-CBC with HMAC-SHA256. */
export type Fernet = {
  /** @param iv 16 random bytes unless given */
  encrypt(text: string, at: Date, iv?: Buffer): string;
  /** Null when it is no token, was changed, or was made with another secret. */
  decrypt(token: string): { text: string; at: Date } | null;
};

function toBase64url(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function decipher(key: Buffer, bytes: Buffer): string | null {
  const cipher = createDecipheriv(ALGORITHM, key, bytes.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES));
  try {
    return Buffer.concat([cipher.update(bytes.subarray(HEADER_BYTES + IV_BYTES)), cipher.final()]).toString();
  } catch {
    return null;
  }
}

/** @param secret 32 bytes in base64url: 16 for signing, then 16 for encryption */
export function fernet(secret: string): Fernet {
  const key = Buffer.from(secret, 'base64url');
  if (key.length !== KEY_BYTES) throw new RangeError(`A Fernet secret has ${KEY_BYTES} bytes`);
  const signingKey = key.subarray(0, KEY_BYTES / 2);
  const encryptionKey = key.subarray(KEY_BYTES / 2);
  const macOf = (bytes: Buffer) => createHmac('sha256', signingKey).update(bytes).digest();

  return {
    encrypt: (text, at, iv = randomBytes(IV_BYTES)) => {
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt8(VERSION);
      header.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000)), 1);
      const cipher = createCipheriv(ALGORITHM, encryptionKey, iv);
      const signed = Buffer.concat([header, iv, cipher.update(text), cipher.final()]);
      return toBase64url(Buffer.concat([signed, macOf(signed)]));
    },
    decrypt: (token) => {
      if (!TOKEN.test(token)) return null;
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length < HEADER_BYTES + IV_BYTES + BLOCK_BYTES + MAC_BYTES || bytes[0] !== VERSION) return null;
      const signed = bytes.subarray(0, -MAC_BYTES);
      if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), macOf(signed))) return null;
      const text = decipher(encryptionKey, signed);
      return text === null ? null : { text, at: new Date(Number(bytes.readBigUInt64BE(1)) * 1000) };
    },
  };
}
