import { EXAMPLE_LETTER, type LetterRequest } from '../../src/actors/letter.ts';

/** What may have been asked for. */
export const letterRequest: LetterRequest = {
  serviceId: EXAMPLE_LETTER.serviceId,
  templateId: '11111111-1111-4111-8111-111111111111',
  templateVersion: 1,
  apiKeyId: null,
  createdById: null,
  jobId: null,
  jobRowNumber: null,
  reference: 'ABCDEFGHIJKLMNOP',
  recipient: 'Sam\nRoad\nSW1A 1AA',
  clientReference: null,
  personalisation: null,
  replyToText: null,
  requestedPostage: 'second',
  requestId: 'test',
};
