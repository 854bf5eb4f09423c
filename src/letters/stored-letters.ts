import type { LetterContext, LetterFailure } from '../../machines/letter.types.ts';
import type { LetterRequest } from '../actors/letter.ts';
import { type ObjectMetadata, type ObjectStore, readAll } from '../object-store/object-store.ts';
import { invalidKey, type LetterNaming, validKey } from './object-names.ts';

type Named = Pick<LetterContext, 'postage' | 'createdAt'>;
type Asked = Pick<LetterRequest, 'reference' | 'requestedPostage'>;

/** How a letter's files are named from its acceptance on. */
export function askedNaming({ createdAt }: Named, { reference, requestedPostage: postage }: Asked): LetterNaming {
  return { reference, postage, createdAt };
}

/** How a letter's file is named once its postage is final. */
export function finalNaming({ createdAt, postage }: Named, { reference }: Asked): LetterNaming {
  return { reference, postage, createdAt };
}

/** Where the PDF of a letter lies that was made or checked (letters-broadcasts 2.5). */
export function pdfKey(status: string, context: Named & Pick<LetterContext, 'keyType'>, request: Asked): string {
  if (status === 'validation-failed') return invalidKey(askedNaming(context, request));
  return validKey(finalNaming(context, request), context.keyType);
}

/** What is kept beside an invalid PDF: why it is one (letters-broadcasts 2.3). Names are the store's, with hyphens. */
export function failureMetadata({ message, invalidPages, pages }: LetterFailure): ObjectMetadata {
  return {
    'validation-status': 'failed',
    message,
    ...(invalidPages === null ? {} : { 'invalid-pages': JSON.stringify(invalidPages) }),
    ...(pages === null ? {} : { 'page-count': String(pages) }),
  };
}

/** An object's bytes; null where there is none. */
export async function readObject(store: ObjectStore, key: string): Promise<Buffer | null> {
  const found = await store.get(key);
  return found === null ? null : readAll(found);
}

/**
 * Moves an object: copies it, then deletes it where it was. Safe to repeat: where it is gone already and the copy is
 * there, it has been moved.
 *
 * @returns false where there is neither
 */
export async function moveObject(
  store: ObjectStore,
  from: string,
  to: string,
  metadata: ObjectMetadata = {},
): Promise<boolean> {
  const content = await readObject(store, from);
  if (content === null) return (await store.head(to)) !== null;
  await store.put(to, content, metadata);
  await store.delete(from);
  return true;
}
