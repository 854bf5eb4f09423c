import type { ObjectStore } from '../object-store/object-store.ts';
import { type DocumentRows, dayOf, documentObjectKey } from './document-rows.ts';

export type SweepParts = {
  rows: DocumentRows;
  store: ObjectStore;
  /** Milliseconds since the epoch. */
  now(): number;
  log: { info(facts: object, message: string): void };
};

/** Documents deleted by one sweep at most, and how many of them at once. */
const MAX_A_SWEEP = 500;
const MAX_AT_ONCE = 10;

/**
 * Deletes documents whose retention period has ended, files before rows: what a crash leaves is found again. Harmless
 * when several processes that share the object store do it.
 */
export function sweepDocuments({ rows, store, now, log }: SweepParts): () => Promise<void> {
  return async () => {
    const expired = await rows.expired(dayOf(now()), MAX_A_SWEEP);
    for (let at = 0; at < expired.length; at += MAX_AT_ONCE) {
      const batch = expired.slice(at, at + MAX_AT_ONCE);
      await Promise.all(batch.map((document) => store.delete(documentObjectKey(document))));
      await rows.remove(batch.map(({ id }) => id));
    }
    if (expired.length > 0) log.info({ count: expired.length }, 'Deleted documents whose retention period has ended');
  };
}
