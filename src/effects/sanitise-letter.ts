import type { LetterContext, SanitiseOutcome } from '../../machines/letter.types.ts';
import type { LetterRequest } from '../actors/letter.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { CheckedPdf, CheckPdfOptions } from '../letters/check-pdf.ts';
import { scanKey } from '../letters/object-names.ts';
import { askedNaming, readObject } from '../letters/stored-letters.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { EffectRun } from '../runtime/actor-type.ts';
import { reasonOf } from './letter-reason.ts';

export type SanitiseLetterParts = {
  store: ObjectStore;
  directory: Pick<Directory, 'service'>;
  checkPdf(content: Uint8Array, options: CheckPdfOptions): Promise<CheckedPdf>;
};

type Run = EffectRun<LetterContext, LetterRequest>;

/** Checks a scanned PDF that was sent to us, and reads its address. Changes nothing. */
export function sanitiseLetter({ store, directory, checkPdf }: SanitiseLetterParts) {
  return async (_input: object, { context, payload }: Run): Promise<SanitiseOutcome> => {
    let content: Buffer | null;
    try {
      content = await readObject(store, scanKey(askedNaming(context, await payload())));
    } catch (error) {
      return { outcome: 'store-failed', reason: reasonOf(error) };
    }
    if (content === null) return { outcome: 'store-failed', reason: 'File not found' };
    const service = await directory.service(context.serviceId);
    try {
      return await checkPdf(content, {
        allowInternational: service?.permissions.has('international_letters') ?? false,
      });
    } catch (error) {
      return { outcome: 'engine-failed', reason: reasonOf(error) };
    }
  };
}
