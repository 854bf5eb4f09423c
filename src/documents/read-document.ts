import { type ObjectStore, readAll } from '../object-store/object-store.ts';
import { openPart } from './document-cipher.ts';
import type { DocumentLink } from './document-links.ts';
import { type DocumentFacts, type DocumentRows, dayOf, documentObjectKey } from './document-rows.ts';
import { isHashOf } from './recipient-hash.ts';

/** A document that its link opens. */
export type OpenedDocument = DocumentFacts & { availableUntil: string };

export type FoundDocument = { outcome: 'found'; document: OpenedDocument } | { outcome: 'expired' | 'unknown' };

/** Counted a document, successes included, so that guessing from many places does not help. */
export const MAX_ATTEMPTS = 50;
/** Milliseconds. */
export const ATTEMPTS_WITHIN_MS = 300_000;

export type DocumentReader = {
  /** `unknown` also where the key is wrong: who has no link learns nothing. */
  find(link: DocumentLink): Promise<FoundDocument>;
  /** The file's bytes; null where it is gone from the store. `find` comes first. */
  file(link: DocumentLink): Promise<Buffer | null>;
  /** Whether an address is the one that the file was sent to. */
  confirm(
    link: DocumentLink,
    document: OpenedDocument,
    normalisedAddress: string,
  ): Promise<'confirmed' | 'other-address' | 'too-many-attempts'>;
};

export type ReaderParts = {
  rows: DocumentRows;
  store: ObjectStore;
  /** Milliseconds since the epoch. */
  now(): number;
};

export function documentReader({ rows, store, now }: ReaderParts): DocumentReader {
  return {
    find: async ({ serviceId, documentId, key }) => {
      const row = await rows.find(serviceId, documentId);
      const facts = row && openPart(key, documentId, 'facts', row.sealedFacts);
      if (!facts) return { outcome: 'unknown' };
      if (row.availableUntil < dayOf(now())) return { outcome: 'expired' };
      const opened = JSON.parse(facts.toString()) as DocumentFacts;
      return { outcome: 'found', document: { ...opened, availableUntil: row.availableUntil } };
    },
    file: async ({ serviceId, documentId, key }) => {
      const object = await store.get(documentObjectKey({ id: documentId, serviceId }));
      return object && openPart(key, documentId, 'file', await readAll(object));
    },
    confirm: async ({ documentId }, { recipientHash }, normalisedAddress) => {
      const attempts = await rows.countAttempt(documentId, new Date(now()), ATTEMPTS_WITHIN_MS);
      if (attempts > MAX_ATTEMPTS) return 'too-many-attempts';
      const isRecipient = recipientHash !== null && (await isHashOf(recipientHash, normalisedAddress));
      return isRecipient ? 'confirmed' : 'other-address';
    },
  };
}
