import type { DoneActorEvent, ErrorActorEvent } from 'xstate';
import type { At, LeaseExpired } from './effect.ts';

export type LetterPostage = 'first' | 'second' | 'economy' | 'europe' | 'rest-of-world';

/** Every status that a letter can have here; the chart's top-level states. Source: letters-broadcasts 1.1. */
export const LETTER_STATUSES = [
  'pending-virus-check',
  'virus-scan-failed',
  'validation-failed',
  'created',
  'cancelled',
  'sending',
  'delivered',
  'returned-letter',
  'technical-failure',
  'permanent-failure',
] as const;

/** What is known when a letter is accepted, as far as its flow depends on it. */
export type LetterInput = {
  serviceId: string;
  /** Team keys send no letters. */
  keyType: 'normal' | 'test';
  /** Whether it came as a PDF; else it is made from a template. */
  isPrecompiled: boolean;
  postage: LetterPostage;
  /** Test keys: whether a printer's answer is made up, or the letter counts as delivered at once. */
  fakesDelivery: boolean;
  createdAt: number;
};

/** Why a PDF does not keep the rules: a code of letters-broadcasts 4.2, and what it is about where that is known. */
export type LetterFailure = { message: string; invalidPages: number[] | null; pages: number | null };

export type LetterContext = LetterInput & {
  /** Attempts begun at the present stage. */
  attempts: number;
  /** Sheets of paper; 0 until the PDF is there, and for templated letters of test keys. */
  billableUnits: number;
  /** As the checks read it from the PDF; null for templated letters, whose address is known from the start. */
  address: string | null;
  /** Null for letters that keep the rules, or are not checked yet. */
  failure: LetterFailure | null;
  sentAt: number | null;
  /** Identifier of the printer that took it. */
  sentBy: string | null;
  /** When the status or the units last changed; null until they first do. */
  updatedAt: number | null;
};

type StoreFailed = { outcome: 'store-failed'; reason: string };
type EngineFailed = { outcome: 'engine-failed'; reason: string };

/** The PDF is stored when its pages are told: too many, and it lies with the invalid ones (letters-broadcasts 3.2). */
export type RenderOutcome = { outcome: 'rendered'; pages: number } | EngineFailed | StoreFailed;

/** What a virus was found in is out of the way when that is told (letters-broadcasts 5). */
export type ScanOutcome = { outcome: 'clean' } | { outcome: 'infected' } | { outcome: 'failed'; reason: string };

/** What the checks of a foreign PDF said (letters-broadcasts 4). `postage` is that of an address abroad. */
export type SanitiseOutcome =
  | { outcome: 'passed'; pages: number; address: string; postage: 'europe' | 'rest-of-world' | null }
  | ({ outcome: 'not-valid' } & LetterFailure)
  | EngineFailed
  | StoreFailed;

/** A file was moved to where it belongs (letters-broadcasts 2.4). */
export type FileOutcome = { outcome: 'filed' } | StoreFailed;

/** How one hand-over to the printer ended; taking it a second time is taking it (letters-broadcasts 6.12). */
export type PrintOutcome =
  | { outcome: 'accepted'; provider: string }
  | { outcome: 'try-later'; reason: string }
  | { outcome: 'refused'; reason: string };

type Answers<Output, Id extends string> = DoneActorEvent<Output, Id> | ErrorActorEvent<unknown, Id>;

export type LetterEvent =
  | LeaseExpired
  | Answers<RenderOutcome, 'renderPdf'>
  | Answers<ScanOutcome, 'scanFile'>
  | Answers<SanitiseOutcome, 'sanitisePdf'>
  | Answers<FileOutcome, 'fileValidPdf'>
  | Answers<FileOutcome, 'fileInvalidPdf'>
  | Answers<PrintOutcome, 'printLetter'>
  | Answers<undefined, 'fakePrint'>
  | ({ type: 'cancellation.asked' | 'job.cancelled' | 'letter.returned' } & At)
  | ({ type: 'print.despatched' | 'print.rejected' } & At)
  | ({ type: 'operator.retry' | 'operator.print' | 'operator.replayScan' | 'operator.permanentFailure' } & At);
