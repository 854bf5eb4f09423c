import { shortIdToUuid, uuidToShortId } from '../content/short-ids.ts';
import { DOCUMENT_KEY_BYTES } from './document-cipher.ts';

/** A document as a link names it. Ids are lower-case UUIDs. */
export type DocumentLink = { serviceId: string; documentId: string; key: Buffer };

const KEY = /^[A-Za-z0-9_-]{43}$/;

/** The page to which emails link, and the pages behind it (public-api 4.8). */
export function pagePath({ serviceId, documentId, key }: DocumentLink, page = ''): string {
  const [service, document] = [uuidToShortId(serviceId), uuidToShortId(documentId)];
  return `/d/${service}/${document}${page}?key=${key.toString('base64url')}`;
}

/** The file itself. Windows opens it by the extension, and some browsers name it after the path. */
export function filePath({ serviceId, documentId }: DocumentLink, extension: string): string {
  return `/services/${serviceId}/documents/${documentId}.${extension}`;
}

/** Reads a page's address; null where it cannot be one of ours. */
export function parsePageLink(shortServiceId: string, shortDocumentId: string, key: unknown): DocumentLink | null {
  const serviceId = shortIdToUuid(shortServiceId);
  const documentId = shortIdToUuid(shortDocumentId);
  const parsed = parseDocumentKey(key);
  return serviceId && documentId && parsed ? { serviceId, documentId, key: parsed } : null;
}

/** A key from a query: 32 bytes as base64url without padding. */
export function parseDocumentKey(text: unknown): Buffer | null {
  if (typeof text !== 'string' || !KEY.test(text)) return null;
  const key = Buffer.from(text, 'base64url');
  return key.length === DOCUMENT_KEY_BYTES ? key : null;
}
