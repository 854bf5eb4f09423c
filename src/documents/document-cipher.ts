import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a document's key. It is in the link and nowhere else. */
export const DOCUMENT_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/** Which of a document's parts is sealed; a part opens only as itself and only for its own document. */
export type DocumentPart = 'facts' | 'file';

/** AES-256-GCM under the link's key: nonce, ciphertext, tag. */
export function sealPart(key: Buffer, documentId: string, part: DocumentPart, content: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(labelOf(documentId, part));
  const body = cipher.update(content);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** The content; null where the key is another, or anything was changed. */
export function openPart(key: Buffer, documentId: string, part: DocumentPart, sealed: Buffer): Buffer | null {
  if (key.length !== DOCUMENT_KEY_BYTES || sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(labelOf(documentId, part));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const body = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return body;
}

function labelOf(documentId: string, part: DocumentPart): Buffer {
  return Buffer.from(`${documentId} ${part}`);
}
