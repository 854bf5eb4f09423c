import type { ServiceRecord } from '../db/service-directory.ts';
import type { KeyType } from '../messages.ts';
import { type Refused, refused } from '../refusal.ts';

/** Team keys send no letters, and services in trial mode only with test keys (public-api 4.6). */
export function letterKeyRefusal({ restricted }: ServiceRecord, keyType: KeyType): Refused | null {
  if (keyType === 'team') return refused(403, 'BadRequestError', 'Cannot send letters with a team api key');
  if (restricted && keyType !== 'test') {
    return refused(403, 'BadRequestError', 'Cannot send letters when service is in trial mode');
  }
  return null;
}
