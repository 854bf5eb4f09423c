import type { ServiceRecord } from '../db/service-directory.ts';
import type { KeyType } from '../messages.ts';
import { type Checked, passed, refused } from '../refusal.ts';

/** The keys that may send letters. */
export type LetterKeyType = Exclude<KeyType, 'team'>;

/** Team keys send no letters, and services in trial mode only with test keys (public-api 4.6). */
export function letterKeyType({ restricted }: ServiceRecord, keyType: KeyType): Checked<LetterKeyType> {
  if (keyType === 'team') return refused(403, 'BadRequestError', 'Cannot send letters with a team api key');
  if (restricted && keyType !== 'test') {
    return refused(403, 'BadRequestError', 'Cannot send letters when service is in trial mode');
  }
  return passed(keyType);
}
