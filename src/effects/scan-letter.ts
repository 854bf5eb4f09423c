import type { LetterContext, ScanOutcome } from '../../machines/letter.types.ts';
import type { LetterRequest } from '../actors/letter.ts';
import { type LetterNaming, scanKey, setAsideKey } from '../letters/object-names.ts';
import { askedNaming, moveObject, readObject } from '../letters/stored-letters.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { EffectRun } from '../runtime/actor-type.ts';
import type { VirusScan } from '../virus-scan/virus-scan.ts';
import { reasonOf } from './letter-reason.ts';

export type ScanLetterParts = {
  store: ObjectStore;
  scan: VirusScan;
  log: { error(facts: object, message: string): void };
};

type Run = EffectRun<LetterContext, LetterRequest>;

/**
 * Scans a PDF that was sent to us. What a virus was found in, or could not be scanned to the last, is out of the way
 * when that is told; a file that is gone never hinders that. Source: letters-broadcasts 5.1.
 */
export function scanLetter(parts: ScanLetterParts) {
  return async ({ isLast }: { isLast: boolean }, { id, context, payload }: Run): Promise<ScanOutcome> => {
    const naming = askedNaming(context, await payload());
    try {
      return await scanned(parts, id, naming);
    } catch (error) {
      if (isLast) await setAside(parts, naming);
      return { outcome: 'failed', reason: reasonOf(error) };
    }
  };
}

async function scanned({ store, scan, log }: ScanLetterParts, id: string, naming: LetterNaming): Promise<ScanOutcome> {
  const key = scanKey(naming);
  const content = await readObject(store, key);
  if (content === null) {
    const wasInfected = (await store.head(setAsideKey(naming, 'FAILURE'))) !== null;
    return wasInfected ? { outcome: 'infected' } : { outcome: 'failed', reason: 'File not found' };
  }
  const result = await scan(content);
  if (result.verdict === 'clean') return { outcome: 'clean' };
  log.error({ notification_id: id }, `VIRUS FOUND ${result.signature}`);
  await moveObject(store, key, setAsideKey(naming, 'FAILURE'));
  return { outcome: 'infected' };
}

async function setAside({ store, log }: ScanLetterParts, naming: LetterNaming): Promise<void> {
  try {
    await moveObject(store, scanKey(naming), setAsideKey(naming, 'ERROR'));
  } catch (error) {
    log.error({ err: error }, 'A letter that could not be scanned was not set aside');
  }
}
