import type { FileOutcome, LetterContext, LetterFailure, LetterPostage } from '../../machines/letter.types.ts';
import type { LetterRequest } from '../actors/letter.ts';
import { invalidKey, scanKey, validKey } from '../letters/object-names.ts';
import { askedNaming, failureMetadata, moveObject } from '../letters/stored-letters.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { EffectRun } from '../runtime/actor-type.ts';
import { reasonOf } from './letter-reason.ts';

type Run = EffectRun<LetterContext, LetterRequest>;

/** Moves a PDF that passed its checks to the valid ones, under the name of its final postage. Safe to repeat. */
export function fileValidLetter(store: ObjectStore) {
  return async ({ postage }: { postage: LetterPostage }, { context, payload }: Run): Promise<FileOutcome> => {
    const asked = askedNaming(context, await payload());
    return filed(moveObject(store, scanKey(asked), validKey({ ...asked, postage }, context.keyType)));
  };
}

/** Moves a PDF that did not pass to the invalid ones, with the reason. Safe to repeat. */
export function fileInvalidLetter(store: ObjectStore) {
  return async ({ failure }: { failure: LetterFailure | null }, { context, payload }: Run): Promise<FileOutcome> => {
    const asked = askedNaming(context, await payload());
    const metadata = failure === null ? {} : failureMetadata(failure);
    return filed(moveObject(store, scanKey(asked), invalidKey(asked), metadata));
  };
}

async function filed(moving: Promise<boolean>): Promise<FileOutcome> {
  try {
    return (await moving) ? { outcome: 'filed' } : { outcome: 'store-failed', reason: 'File not found' };
  } catch (error) {
    return { outcome: 'store-failed', reason: reasonOf(error) };
  }
}
