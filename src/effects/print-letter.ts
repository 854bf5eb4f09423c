import type { LetterContext, PrintOutcome } from '../../machines/letter.types.ts';
import type { LetterRequest } from '../actors/letter.ts';
import type { Directory } from '../db/cached-directory.ts';
import { validKey } from '../letters/object-names.ts';
import { finalNaming, readObject } from '../letters/stored-letters.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { LetterPrinter } from '../providers/letter-printer.ts';
import type { EffectRun } from '../runtime/actor-type.ts';
import { reasonOf } from './letter-reason.ts';

export type PrintLetterParts = {
  store: ObjectStore;
  directory: Pick<Directory, 'service'>;
  printer: LetterPrinter;
  /** Where the printer tells what became of a letter. */
  callbackUrl(notificationId: string): string;
  log: { warn(facts: object, message: string): void; error(facts: object, message: string): void };
};

type Run = EffectRun<LetterContext, LetterRequest>;

/** Hands one letter to the printer, who knows it by its id: a second time is no second letter. */
export function printLetter(parts: PrintLetterParts) {
  return async (_input: object, run: Run): Promise<PrintOutcome> => {
    const { printer, log } = parts;
    const { id, context } = run;
    const request = await run.payload();
    const pdf = await storedPdf(parts, context, request);
    if (pdf === 'try-later') return { outcome: 'try-later', reason: 'The store could not be read' };
    if (pdf === null) {
      log.error({ notification_id: id }, `Error getting letter from bucket for notification ${id}`);
      return { outcome: 'refused', reason: 'File not found' };
    }
    const service = await parts.directory.service(context.serviceId);
    const answer = await printer.print({
      notificationId: id,
      reference: request.reference,
      addressLines: (context.address ?? request.recipient).split('\n'),
      postage: context.postage,
      serviceId: context.serviceId,
      organisationId: service?.organisationId ?? null,
      pdf,
      callbackUrl: parts.callbackUrl(id),
    });
    if (answer.outcome !== 'accepted') return answer;
    if (answer.wasKnown) log.warn({ notification_id: id }, 'The printer had this letter already');
    return { outcome: 'accepted', provider: printer.name };
  };
}

async function storedPdf(
  { store, log }: PrintLetterParts,
  context: LetterContext,
  request: LetterRequest,
): Promise<Buffer | null | 'try-later'> {
  try {
    return await readObject(store, validKey(finalNaming(context, request), context.keyType));
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'A letter could not be read for the printer');
    return 'try-later';
  }
}
