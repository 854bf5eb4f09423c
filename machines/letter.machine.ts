import { assign, setup } from 'xstate';
import { announced, effect, timeOf } from './effect.ts';
import type {
  FileOutcome,
  LetterContext,
  LetterEvent,
  LetterFailure,
  LetterInput,
  LetterPostage,
  PrintOutcome,
  RenderOutcome,
  SanitiseOutcome,
  ScanOutcome,
} from './letter.types.ts';
import { failureOf, findings, outcomeOf, pagesOf, printerOf, sheetsOf } from './letter-answers.ts';
import {
  checking,
  filing,
  late,
  MAX_SCANS,
  onCancelled,
  onJobCancelled,
  onPrinterNews,
  onReturned,
  rendering,
} from './letter-stages.ts';
import { nextEvening, nextPrintRun, nextStep } from './london-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The first attempt and the retries of letters-broadcasts 0: P-RENDER, P-SCAN, P-LETTER, P-PRINT-API, P-FAKE. */
const MAX_RENDERS = 4;
const MAX_SANITISINGS = 16;
const MAX_FILINGS = 16;
const MAX_PRINTINGS = 56;
const MAX_FAKES = 6;
/** Of P-RENDER and P-PRINT-API; the others wait for `LONG_RETRY_MS`. */
const SHORT_RETRY_MS = 180_000;
const LONG_RETRY_MS = 300_000;
/** A letter of more pages is not valid. Source: letters-broadcasts 3.2. */
const MAX_PAGES = 10;
/** A letter without a PDF is tried again from this age on. Source: letters-broadcasts 1.10. */
const REPLAY_AGE_MS = HOUR_MS;
const REPLAY_STEP_MS = 15 * MINUTE_MS;
/** A letter whose checks got lost is scanned again every ten minutes at first, later once a day. Source: 5.3. */
const RESCAN_STEP_MS = 10 * MINUTE_MS;
const OFTEN_RESCANNED_MS = 2 * HOUR_MS;
/** What only waits for news has no end of its own: its deadline re-arms itself, until retention removes the row. */
const STILL_THERE_MS = 604_800_000;

/**
 * One letter, from a template or as a PDF, from accepted request to the end. Source: letters-broadcasts 1.3 to 1.9.
 *
 * Top-level states are the persisted statuses. Whether it is too late to cancel by the clock is said by who asks.
 */
export const letterMachine = setup({
  types: { input: {} as LetterInput, context: {} as LetterContext, events: {} as LetterEvent },
  actors: {
    renderPdf: effect<{ attempt: number }, RenderOutcome>(),
    scanFile: effect<{ attempt: number; isLast: boolean }, ScanOutcome>(),
    sanitisePdf: effect<{ attempt: number }, SanitiseOutcome>(),
    fileValidPdf: effect<{ attempt: number; postage: LetterPostage }, FileOutcome>(),
    fileInvalidPdf: effect<{ attempt: number; failure: LetterFailure | null }, FileOutcome>(),
    printLetter: effect<{ attempt: number }, PrintOutcome>(),
    fakePrint: effect<{ attempt: number }, undefined>(),
  },
  delays: {
    shortRetry: SHORT_RETRY_MS,
    longRetry: LONG_RETRY_MS,
    stillThere: STILL_THERE_MS,
    nextReplay: ({ context: { createdAt }, event }) => {
      const now = timeOf(event, createdAt);
      return nextStep(Math.max(now, createdAt + REPLAY_AGE_MS - 1), REPLAY_STEP_MS) - now;
    },
    nextRescan: ({ context: { createdAt }, event }) => {
      const now = timeOf(event, createdAt);
      const isYoung = now < createdAt + OFTEN_RESCANNED_MS;
      return (isYoung ? nextStep(Math.max(now, createdAt + RESCAN_STEP_MS), RESCAN_STEP_MS) : nextEvening(now)) - now;
    },
    nextPrintRun: ({ context: { createdAt }, event }) => {
      const now = timeOf(event, createdAt);
      return nextPrintRun(createdAt, now) - now;
    },
  },
  guards: {
    isPrecompiled: ({ context }) => context.isPrecompiled,
    isFakedTest: ({ context }) => context.keyType === 'test' && context.fakesDelivery,
    isTest: ({ context }) => context.keyType === 'test',
    isTooLong: ({ event }) => pagesOf(event) > MAX_PAGES,
    isRendered: ({ event }) => outcomeOf(event) === 'rendered',
    mayRenderAgain: ({ context, event }) => outcomeOf(event) === 'engine-failed' && context.attempts < MAX_RENDERS,
    hasRendersLeft: ({ context }) => context.attempts < MAX_RENDERS,
    isClean: ({ event }) => outcomeOf(event) === 'clean',
    isInfected: ({ event }) => outcomeOf(event) === 'infected',
    hasScansLeft: ({ context }) => context.attempts < MAX_SCANS,
    hasPassedAsTest: ({ context, event }) => outcomeOf(event) === 'passed' && context.keyType === 'test',
    hasPassed: ({ event }) => outcomeOf(event) === 'passed',
    isNotValid: ({ event }) => outcomeOf(event) === 'not-valid',
    isStoreFailure: ({ event }) => outcomeOf(event) === 'store-failed',
    hasSanitisingsLeft: ({ context }) => context.attempts < MAX_SANITISINGS,
    hasFilingsLeft: ({ context }) => context.attempts < MAX_FILINGS,
    isFiled: ({ event }) => outcomeOf(event) === 'filed',
    isAccepted: ({ event }) => outcomeOf(event) === 'accepted',
    mayPrintAgain: ({ context, event }) => outcomeOf(event) === 'try-later' && context.attempts < MAX_PRINTINGS,
    hasPrintingsLeft: ({ context }) => context.attempts < MAX_PRINTINGS,
    hasPdf: ({ context }) => context.billableUnits > 0,
    isUnchecked: ({ context }) => context.isPrecompiled && context.billableUnits === 0,
    hasFakesLeft: ({ context }) => context.attempts < MAX_FAKES,
  },
  actions: {
    beginStage: assign({ attempts: 0 }),
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
    clearUnits: assign({ billableUnits: 0 }),
    recordChange: assign({ updatedAt: ({ context, event }) => timeOf(event, context.createdAt) }),
    recordPages: assign(({ context, event }) =>
      context.keyType === 'test' ? {} : { billableUnits: sheetsOf(event), updatedAt: timeOf(event, context.createdAt) },
    ),
    recordChecks: assign(({ context, event }) => ({
      ...findings(context, event),
      billableUnits: sheetsOf(event),
      updatedAt: timeOf(event, context.createdAt),
    })),
    recordFailure: assign({ failure: ({ event }) => failureOf(event) }),
    recordHandOver: assign(({ context, event }) => ({
      sentAt: timeOf(event, context.createdAt),
      sentBy: printerOf(event) ?? context.sentBy,
      updatedAt: timeOf(event, context.createdAt),
    })),
    announceTooLong: announced,
    announceFailedRendering: announced,
    announceInfection: announced,
    announceFailedScan: announced,
    announceFailedChecks: announced,
    announceFailedFiling: announced,
    announceFailedPrinting: announced,
    announceRejection: announced,
  },
}).createMachine({
  id: 'letter',
  version: '1',
  context: ({ input }) => ({
    ...input,
    attempts: 0,
    billableUnits: 0,
    address: null,
    failure: null,
    sentAt: null,
    sentBy: null,
    updatedAt: null,
  }),
  initial: 'created',
  on: late('renderPdf', 'scanFile', 'sanitisePdf', 'fileValidPdf', 'fileInvalidPdf', 'printLetter', 'fakePrint'),
  states: {
    'pending-virus-check': {
      description: 'A PDF that is being scanned and checked.',
      initial: 'scanning',
      states: checking,
      on: onCancelled,
    },
    created: {
      description: 'Accepted, and not yet handed to the printer.',
      initial: 'accepting',
      states: {
        accepting: {
          description: 'Takes the way of its kind at once; nothing rests here.',
          always: [
            { guard: 'isPrecompiled', target: '#letter.pending-virus-check' },
            { guard: 'isFakedTest', target: '#letter.sending' },
            { guard: 'isTest', target: '#letter.delivered', actions: 'recordChange' },
            { target: 'rendering' },
          ],
        },
        ...rendering('ready', onCancelled),
        filing: filing('ready', onCancelled),
        ready: {
          description:
            'The PDF is there. Waits for the print run at 17:50 London time, which an operator may anticipate.',
          after: { nextPrintRun: { target: 'printing', actions: 'beginStage' } },
          on: {
            ...onCancelled,
            'operator.print': { target: 'printing', actions: 'beginStage' },
            'operator.permanentFailure': { target: '#letter.permanent-failure', actions: 'recordChange' },
          },
        },
        printing: {
          description: 'Owes one hand-over to the printer. It cannot be cancelled any more.',
          entry: 'countAttempt',
          invoke: {
            id: 'printLetter',
            src: 'printLetter',
            input: ({ context }) => ({ attempt: context.attempts }),
            onDone: [
              { guard: 'isAccepted', target: '#letter.sending.awaitingPrinter', actions: 'recordHandOver' },
              { guard: 'mayPrintAgain', target: 'printBackoff' },
              { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedPrinting'] },
            ],
            onError: [
              { guard: 'hasPrintingsLeft', target: 'printBackoff' },
              { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedPrinting'] },
            ],
          },
          on: {
            'lease.expired': [
              { guard: 'hasPrintingsLeft', target: 'printing', reenter: true },
              { target: '#letter.technical-failure', actions: ['recordChange', 'announceFailedPrinting'] },
            ],
          },
        },
        printBackoff: {
          description: 'The printer asked for patience or was not there. Tries again in three minutes.',
          after: { shortRetry: 'printing' },
          on: { 'operator.retry': 'printing' },
        },
      },
      on: { ...onPrinterNews, ...onReturned },
    },
    sending: {
      description: 'With the printer. Letters of test keys come here at once where the printer is made up.',
      initial: 'rendering',
      states: {
        ...rendering('faking', {}),
        faking: {
          description: 'Test key: owes the made-up news of the printer.',
          entry: 'countAttempt',
          invoke: {
            id: 'fakePrint',
            src: 'fakePrint',
            input: ({ context }) => ({ attempt: context.attempts }),
            onDone: 'awaitingPrinter',
            onError: [{ guard: 'hasFakesLeft', target: 'fakeBackoff' }, { target: 'awaitingPrinter' }],
          },
          on: {
            'lease.expired': [
              { guard: 'hasFakesLeft', target: 'faking', reenter: true },
              { target: 'awaitingPrinter' },
            ],
          },
        },
        fakeBackoff: {
          description: 'Test key: the made-up news could not be posted; tries again in five minutes.',
          after: { longRetry: 'faking' },
        },
        awaitingPrinter: {
          description: 'The printer has it, and says when it is despatched. No time-out applies.',
          after: { stillThere: { target: 'awaitingPrinter', reenter: true } },
          on: { 'operator.permanentFailure': { target: '#letter.permanent-failure', actions: 'recordChange' } },
        },
      },
      on: { ...onPrinterNews, ...onReturned },
    },
    delivered: {
      description: 'Despatched by the printer. Letters of test keys may come here at once.',
      initial: 'rendering',
      states: {
        ...rendering('kept', {}),
        filing: filing('kept', {}),
        kept: {
          description: 'Nothing is owed any more; it may still come back in the post.',
          after: { stillThere: { target: 'kept', reenter: true } },
        },
      },
      on: onReturned,
    },
    'technical-failure': {
      description: 'We could not process it, or the printer could not. An operator may have it tried again.',
      after: { stillThere: { target: 'technical-failure', reenter: true } },
      on: {
        ...onReturned,
        ...onJobCancelled,
        'operator.retry': { guard: 'hasPdf', target: 'created.printing', actions: 'beginStage' },
        'operator.replayScan': { guard: 'isUnchecked', target: 'pending-virus-check', actions: 'beginStage' },
        'operator.permanentFailure': { target: 'permanent-failure', actions: 'recordChange' },
      },
    },
    'permanent-failure': {
      description: 'It passed our checks, and the printer cannot print it. Only an operator says so.',
      after: { stillThere: { target: 'permanent-failure', reenter: true } },
      on: onReturned,
    },
    'validation-failed': {
      description: 'The PDF does not keep the rules, or the letter has more than ten pages.',
      after: { stillThere: { target: 'validation-failed', reenter: true } },
      on: onJobCancelled,
    },
    'virus-scan-failed': {
      description: 'The scanner found something.',
      after: { stillThere: { target: 'virus-scan-failed', reenter: true } },
      on: onJobCancelled,
    },
    cancelled: { type: 'final', description: 'A user stopped it before printing.' },
    'returned-letter': { type: 'final', description: 'It came back in the post.' },
  },
});
