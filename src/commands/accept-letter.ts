import { randomInt } from 'node:crypto';
import type { LetterInput } from '../../machines/letter.types.ts';
import type { LetterRequest } from '../actors/letter.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import { timeOrderedId } from '../runtime/id.ts';

export type LetterSendParts = {
  directory: Pick<Directory, 'service' | 'template'>;
  /** Seals personalisation. */
  box: SecretBox;
  /** Resolves when the letter is durable; making or checking its PDF is then owed. */
  startLetter(id: string, input: LetterInput, request: LetterRequest): Promise<void>;
  /** Test keys' templated letters: whether a printer's answer is made up, or they count as delivered at once. */
  fakesDelivery: boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  log: { debug(facts: object, message: string): void };
};

/** What commands know of a letter that has passed every check. */
export type AcceptedLetter = Pick<LetterInput, 'serviceId' | 'keyType' | 'isPrecompiled' | 'postage'> &
  Pick<
    LetterRequest,
    'templateId' | 'templateVersion' | 'apiKeyId' | 'recipient' | 'clientReference' | 'replyToText' | 'requestId'
  > & {
    personalisation: Record<string, unknown>;
    /** The user who sends it; null or absent for an API key. */
    createdById?: string | null;
  };

/** How a letter will be known from now on. */
export type LetterIdentity = { id: string; reference: string; createdAt: number };

const REFERENCE_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const REFERENCE_LENGTH = 16;

export function newLetter({ now }: Pick<LetterSendParts, 'now'>): LetterIdentity {
  const createdAt = now();
  const reference = Array.from({ length: REFERENCE_LENGTH }, () =>
    REFERENCE_CHARACTERS.charAt(randomInt(REFERENCE_CHARACTERS.length)),
  ).join('');
  return { id: timeOrderedId(createdAt), reference, createdAt };
}

/** Stores a letter. Durable when it resolves. */
export async function acceptLetter(
  parts: LetterSendParts,
  { id, reference, createdAt }: LetterIdentity,
  letter: AcceptedLetter,
): Promise<void> {
  const { serviceId, keyType, isPrecompiled, postage, personalisation, ...asked } = letter;
  await parts.startLetter(
    id,
    { serviceId, keyType, isPrecompiled, postage, fakesDelivery: parts.fakesDelivery, createdAt },
    {
      ...asked,
      serviceId,
      reference,
      requestedPostage: postage,
      createdById: letter.createdById ?? null,
      jobId: null,
      jobRowNumber: null,
      personalisation: parts.box.seal(JSON.stringify(personalisation)),
    },
  );
  parts.log.debug({ notification_id: id, service_id: serviceId, request_id: letter.requestId }, 'letter created');
}
