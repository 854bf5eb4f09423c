import { letterMachine } from '../../machines/letter.machine.ts';
import type {
  FileOutcome,
  LetterContext,
  LetterFailure,
  LetterInput,
  LetterPostage,
  PrintOutcome,
  RenderOutcome,
  SanitiseOutcome,
  ScanOutcome,
} from '../../machines/letter.types.ts';
import type { ActorType, Effect, Moment } from '../runtime/actor-type.ts';

/** What was asked for, as it was asked: written once. */
export type LetterRequest = {
  serviceId: string;
  templateId: string;
  templateVersion: number;
  apiKeyId: string | null;
  createdById: string | null;
  jobId: string | null;
  jobRowNumber: number | null;
  /** Ours, 16 characters; the printer knows the letter by it, and its files are named after it. */
  reference: string;
  /** The normalised address, one line a line; of a PDF that was sent to us `Provided as PDF`. */
  recipient: string;
  /** The client's. */
  clientReference: string | null;
  /** Sealed JSON. */
  personalisation: string | null;
  /** The contact block in force when it was accepted. */
  replyToText: string | null;
  /** As it was before the checks found out about the address. */
  requestedPostage: LetterPostage;
  /** Trace id of the request that created it. */
  requestId: string;
};

export const LETTER = 'letter';

type LetterEffect<Input, Output> = Effect<LetterContext, LetterRequest, Input, Output>;

export type LetterEffects = {
  renderPdf: LetterEffect<{ attempt: number }, RenderOutcome>;
  scanFile: LetterEffect<{ attempt: number; isLast: boolean }, ScanOutcome>;
  sanitisePdf: LetterEffect<{ attempt: number }, SanitiseOutcome>;
  fileValidPdf: LetterEffect<{ attempt: number; postage: LetterPostage }, FileOutcome>;
  fileInvalidPdf: LetterEffect<{ attempt: number; failure: LetterFailure | null }, FileOutcome>;
  printLetter: LetterEffect<{ attempt: number }, PrintOutcome>;
  fakePrint: LetterEffect<{ attempt: number }, undefined>;
};

export type LetterAnnouncement =
  | 'announceTooLong'
  | 'announceFailedRendering'
  | 'announceInfection'
  | 'announceFailedScan'
  | 'announceFailedChecks'
  | 'announceFailedFiling'
  | 'announceFailedPrinting'
  | 'announceRejection';

export type LetterParts = {
  effects: LetterEffects;
  announcements: Record<LetterAnnouncement, (moment: Moment<LetterContext>) => void>;
  loadRequests: (ids: string[]) => Promise<Map<string, LetterRequest>>;
};

/** Any input that the chart accepts. */
export const EXAMPLE_LETTER: LetterInput = {
  serviceId: '00000000-0000-4000-8000-000000000000',
  keyType: 'normal',
  isPrecompiled: false,
  postage: 'second',
  fakesDelivery: true,
  createdAt: 0,
};

/** Letters: the chart, its tables, and what stands behind the names in it. */
export function letterActor({
  effects,
  announcements,
  loadRequests,
}: LetterParts): ActorType<LetterContext, LetterRequest> {
  return {
    name: LETTER,
    machine: letterMachine,
    table: {
      name: 'letters',
      columns: {
        serviceId: { name: 'service_id', type: 'uuid', fixed: true },
        keyType: { name: 'key_type', type: 'text', fixed: true },
        isPrecompiled: { name: 'is_precompiled', type: 'bool', fixed: true },
        fakesDelivery: { name: 'fakes_delivery', type: 'bool', fixed: true },
        createdAt: { name: 'created_at', type: 'time', fixed: true },
        postage: { name: 'postage', type: 'text' },
        attempts: { name: 'attempts', type: 'int2' },
        billableUnits: { name: 'billable_units', type: 'int4' },
        address: { name: 'address', type: 'text' },
        failure: { name: 'failure', type: 'json' },
        sentAt: { name: 'sent_at', type: 'time' },
        sentBy: { name: 'sent_by', type: 'text' },
        updatedAt: { name: 'updated_at', type: 'time' },
      },
    },
    payload: {
      name: 'letter_requests',
      columns: {
        serviceId: { name: 'service_id', type: 'uuid' },
        templateId: { name: 'template_id', type: 'uuid' },
        templateVersion: { name: 'template_version', type: 'int4' },
        apiKeyId: { name: 'api_key_id', type: 'uuid' },
        createdById: { name: 'created_by_id', type: 'uuid' },
        jobId: { name: 'job_id', type: 'uuid' },
        jobRowNumber: { name: 'job_row_number', type: 'int4' },
        reference: { name: 'reference', type: 'text' },
        recipient: { name: 'recipient', type: 'text' },
        clientReference: { name: 'client_reference', type: 'text' },
        personalisation: { name: 'personalisation', type: 'text' },
        replyToText: { name: 'reply_to_text', type: 'text' },
        requestedPostage: { name: 'requested_postage', type: 'text' },
        requestId: { name: 'request_id', type: 'text' },
      },
    },
    pools: ['letter-files', 'letter-print'],
    pool: (_context, effect) => (effect === 'printLetter' ? 'letter-print' : 'letter-files'),
    fairnessKey: ({ serviceId }) => serviceId,
    effects,
    announcements,
    loadPayloads: loadRequests,
  };
}
