import type { LetterContext } from './letter.types.ts';

/** The first attempt and the retries of letters-broadcasts 0: P-SCAN. */
export const MAX_SCANS = 6;

type Given = { context: LetterContext };

export const onReturned = {
  'letter.returned': { target: '#letter.returned-letter', actions: 'recordChange' },
} as const;
export const onJobCancelled = {
  'job.cancelled': { target: '#letter.cancelled', actions: ['clearUnits', 'recordChange'] },
} as const;
export const onCancelled = {
  'cancellation.asked': { target: '#letter.cancelled', actions: 'recordChange' },
  ...onJobCancelled,
} as const;
export const onPrinterNews = {
  'print.despatched': { target: '#letter.delivered.kept', actions: 'recordChange' },
  'print.rejected': { target: '#letter.technical-failure', actions: ['recordChange', 'announceRejection'] },
} as const;

/** Makes the PDF of a template's letter, and leads to the sibling state `made`. `on` is what its states take besides. */
export const rendering = <Made extends string, On extends object>(made: Made, on: On) =>
  ({
    rendering: {
      description: 'Owes the PDF. It is stored before its pages are told.',
      entry: 'countAttempt',
      invoke: {
        id: 'renderPdf',
        src: 'renderPdf',
        input: ({ context }: Given) => ({ attempt: context.attempts }),
        onDone: [
          {
            guard: 'isTooLong',
            target: '#letter.validation-failed',
            actions: ['recordFailure', 'recordChange', 'announceTooLong'],
          },
          { guard: 'isRendered', target: made, actions: ['recordPages', 'beginStage'] },
          { guard: 'mayRenderAgain', target: 'renderBackoff' },
          { target: 'awaitingReplay', actions: 'announceFailedRendering' },
        ],
        onError: [
          { guard: 'hasRendersLeft', target: 'renderBackoff' },
          { target: 'awaitingReplay', actions: 'announceFailedRendering' },
        ],
      },
      on: {
        'lease.expired': [
          { guard: 'hasRendersLeft', target: 'rendering', reenter: true },
          { target: 'awaitingReplay', actions: 'announceFailedRendering' },
        ],
        ...on,
      },
    },
    renderBackoff: {
      description: 'The PDF could not be made. Tries again in three minutes.',
      after: { shortRetry: 'rendering' },
      on,
    },
    awaitingReplay: {
      description: 'Making the PDF was given up for now; the next check of letters older than an hour tries again.',
      after: { nextReplay: { target: 'rendering', actions: 'beginStage' } },
      on: { 'operator.retry': { target: 'rendering', actions: 'beginStage' }, ...on },
    },
  }) as const;

/**
 * Moves a PDF that passed its checks, and leads to the sibling state `filed`. A failure needs a person; a move whose
 * process died is made again. `on` is what the state takes besides.
 */
export const filing = <Filed extends string, On extends object>(filed: Filed, on: On) =>
  ({
    description: 'Passed its checks: owes the move of the PDF to where it belongs.',
    entry: 'countAttempt',
    invoke: {
      id: 'fileValidPdf',
      src: 'fileValidPdf',
      input: ({ context }: Given) => ({ attempt: context.attempts, postage: context.postage }),
      onDone: [
        { guard: 'isFiled', target: filed },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedFiling'] },
      ],
      onError: { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedFiling'] },
    },
    on: {
      'lease.expired': [
        { guard: 'hasFilingsLeft', target: 'filing', reenter: true },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedFiling'] },
      ],
      ...on,
    },
  }) as const;

/** Results of work that is not waited for any more change nothing. */
export function late(...effects: string[]): Record<string, { description: string }> {
  const description = 'The result of work that is not waited for any more.';
  return Object.fromEntries(
    effects.flatMap((name) => ['done', 'error'].map((how) => [`xstate.${how}.actor.${name}`, { description }])),
  );
}

/** Scanning and checking a PDF that somebody else made. Source: letters-broadcasts 1.4. */
export const checking = {
  scanning: {
    description: 'Owes the scan for viruses. What one was found in is out of the way when that is told.',
    entry: 'countAttempt',
    invoke: {
      id: 'scanFile',
      src: 'scanFile',
      input: ({ context }: Given) => ({ attempt: context.attempts, isLast: context.attempts >= MAX_SCANS }),
      onDone: [
        { guard: 'isClean', target: 'sanitising', actions: 'beginStage' },
        {
          guard: 'isInfected',
          target: '#letter.virus-scan-failed',
          actions: ['recordChange', 'announceInfection'],
        },
        { guard: 'hasScansLeft', target: 'scanBackoff' },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedScan'] },
      ],
      onError: [
        { guard: 'hasScansLeft', target: 'scanBackoff' },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedScan'] },
      ],
    },
    on: {
      'lease.expired': [
        { guard: 'hasScansLeft', target: 'scanning', reenter: true },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedScan'] },
      ],
    },
  },
  scanBackoff: {
    description: 'The scanner could not be asked. Tries again in five minutes.',
    after: { longRetry: 'scanning' },
  },
  sanitising: {
    description: 'No virus: owes the checks of the PDF, which also read its address.',
    entry: 'countAttempt',
    invoke: {
      id: 'sanitisePdf',
      src: 'sanitisePdf',
      input: ({ context }: Given) => ({ attempt: context.attempts }),
      onDone: [
        { guard: 'hasPassedAsTest', target: '#letter.delivered.filing', actions: ['recordChecks', 'beginStage'] },
        { guard: 'hasPassed', target: '#letter.created.filing', actions: ['recordChecks', 'beginStage'] },
        { guard: 'isNotValid', target: 'filingInvalid', actions: ['recordFailure', 'beginStage'] },
        { guard: 'isStoreFailure', target: 'awaitingRescan', actions: 'announceFailedChecks' },
        { guard: 'hasSanitisingsLeft', target: 'sanitiseBackoff' },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedChecks'] },
      ],
      onError: [
        { guard: 'hasSanitisingsLeft', target: 'sanitiseBackoff' },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedChecks'] },
      ],
    },
    on: {
      'lease.expired': [
        { guard: 'hasSanitisingsLeft', target: 'sanitising', reenter: true },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedChecks'] },
      ],
    },
  },
  sanitiseBackoff: {
    description: 'The checks could not be made. Tries again in five minutes.',
    after: { longRetry: 'sanitising' },
  },
  awaitingRescan: {
    description: 'The file could not be read or its copy not written; the next check of stuck scans begins anew.',
    after: { nextRescan: { target: 'scanning', actions: 'beginStage' } },
    on: { 'operator.retry': { target: 'scanning', actions: 'beginStage' } },
  },
  filingInvalid: {
    description: 'Did not pass its checks: owes the move of the PDF to the invalid ones, with the reason.',
    entry: 'countAttempt',
    invoke: {
      id: 'fileInvalidPdf',
      src: 'fileInvalidPdf',
      input: ({ context }: Given) => ({ attempt: context.attempts, failure: context.failure }),
      onDone: [
        { guard: 'isFiled', target: '#letter.validation-failed', actions: 'recordChange' },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedFiling'] },
      ],
      onError: { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedFiling'] },
    },
    on: {
      'lease.expired': [
        { guard: 'hasFilingsLeft', target: 'filingInvalid', reenter: true },
        { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedFiling'] },
      ],
    },
  },
} as const;
