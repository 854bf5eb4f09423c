import { assign, setup } from 'xstate';
import { announced, effect, timeOf } from './effect.ts';
import { nextTimeoutRun } from './london-clock.ts';
import type { NotificationContext, NotificationEvent, NotificationInput, SendOutcome } from './notification.types.ts';

/** The first attempt and 48 retries. Source: workflows 0.3, P-SMS and P-EMAIL. */
const MAX_ATTEMPTS = 49;
/** Between attempts, about four hours in all; a text's first retry goes at once. Source: as above. */
const RETRY_DELAY_MS = 300_000;
/** A message older than this in the nightly run gets no further receipt. Source: workflows 4.4. */
const RECEIPT_TIMEOUT_MS = 259_200_000;
/** A simulated receipt that could not be posted is tried this often, five minutes apart. */
const MAX_SIMULATIONS = 6;
/** `sent` has no end of its own: its deadline only re-arms itself, until retention removes the row. */
const STILL_SENT_MS = 604_800_000;

/** A receipt may overtake the provider's own answer, so `created` takes one too. */
const onReceipt = {
  'receipt.delivered': [{ guard: 'isNotBelieved' }, { target: '#notification.delivered', actions: 'recordReceipt' }],
  'receipt.temporary-failure': [
    { guard: 'isNotBelieved' },
    { target: '#notification.temporary-failure', actions: 'recordReceipt' },
  ],
  'receipt.permanent-failure': [
    { guard: 'isNotBelieved' },
    { guard: 'repeatsALostAttempt', target: '#notification.pending', actions: 'recordReceipt' },
    { guard: 'hasTemporaryCode', target: '#notification.temporary-failure', actions: 'recordReceipt' },
    { target: '#notification.permanent-failure', actions: 'recordReceipt' },
  ],
  'receipt.pending': [{ guard: 'isNotBelieved' }, { target: '#notification.pending', actions: 'recordReceipt' }],
  'receipt.unmapped': [
    { guard: 'isNotBelieved' },
    { target: '#notification.technical-failure', actions: ['recordReceipt', 'announceUnmappedReceipt'] },
  ],
} as const;

const onAccepted = [
  {
    guard: 'isAcceptedSimulationAbroad',
    target: '#notification.sent.simulating',
    actions: ['recordAcceptance', 'announceAcceptance'],
  },
  {
    guard: 'isAcceptedSimulation',
    target: '#notification.sending.simulating',
    actions: ['recordAcceptance', 'announceAcceptance'],
  },
  { guard: 'isAcceptedAbroad', target: '#notification.sent', actions: ['recordAcceptance', 'announceAcceptance'] },
  { guard: 'isAccepted', target: '#notification.sending', actions: ['recordAcceptance', 'announceAcceptance'] },
] as const;

/** The chart of test keys: no provider is called, a made-up receipt is posted to our own receipt route. */
const simulation = {
  simulating: {
    description: 'Test key: owes the made-up receipt that the recipient asks for.',
    entry: 'countAttempt',
    invoke: {
      id: 'simulateReceipt',
      src: 'simulateReceipt',
      input: ({ context }: { context: NotificationContext }) => ({ provider: context.sentBy ?? '' }),
      onDone: 'awaitingReceipt',
      onError: [{ guard: 'hasSimulationsLeft', target: 'simulatingAgain' }, { target: 'awaitingReceipt' }],
    },
    on: {
      'lease.expired': [
        { guard: 'hasSimulationsLeft', target: 'simulating', reenter: true },
        { target: 'awaitingReceipt' },
      ],
    },
  },
  simulatingAgain: {
    description: 'Test key: the made-up receipt could not be posted; tries again in five minutes.',
    after: { simulationRetry: 'simulating' },
  },
} as const;

/**
 * One email or text message, from accepted request to final status. Source: workflows 1.2 to 1.4.
 *
 * Top-level states are the statuses that the API shows. Every event carries its time (`at`).
 */
export const notificationMachine = setup({
  types: {
    input: {} as NotificationInput,
    context: {} as NotificationContext,
    events: {} as NotificationEvent,
  },
  actors: {
    sendToProvider: effect<{ attempt: number }, SendOutcome>(),
    simulateReceipt: effect<{ provider: string }, undefined>(),
  },
  delays: {
    retryDelay: ({ context, event }) =>
      event.type === 'lease.expired' || (context.notificationType === 'sms' && context.attempts === 1)
        ? 0
        : RETRY_DELAY_MS,
    receiptTimeout: ({ context, event }) =>
      Math.max(0, nextTimeoutRun(context.createdAt + RECEIPT_TIMEOUT_MS) - timeOf(event, context.createdAt)),
    simulationRetry: RETRY_DELAY_MS,
    stillSent: STILL_SENT_MS,
  },
  guards: {
    isAcceptedSimulationAbroad: ({ context, event }) =>
      isAccepted(event, context) && context.keyType === 'test' && context.international,
    isAcceptedSimulation: ({ context, event }) => isAccepted(event, context) && context.keyType === 'test',
    isAcceptedAbroad: ({ context, event }) => isAccepted(event, context) && context.international,
    isAccepted: ({ context, event }) => isAccepted(event, context),
    isOfEarlierAttempt: ({ context, event }) => attemptOf(event, context.attempts) < context.attempts,
    isServiceInactive: ({ event }) => outcomeOf(event)?.outcome === 'service-inactive',
    isRejected: ({ event }) => outcomeOf(event)?.outcome === 'rejected',
    hasAttemptsLeft: ({ context }) => context.attempts < MAX_ATTEMPTS,
    hasSimulationsLeft: ({ context }) => context.attempts <= MAX_SIMULATIONS,
    isNotBelieved: ({ context }) => !context.receiptsBelieved,
    repeatsALostAttempt: ({ context, event }) =>
      context.outcomeWasLost && 'isDuplicateId' in event && event.isDuplicateId === true,
    hasTemporaryCode: ({ context, event }) =>
      isFromFiretext(context, event) && codeStatus(event) === 'temporary-failure',
    hasNoKnownCode: ({ context, event }) => isFromFiretext(context, event) && codeStatus(event) === undefined,
  },
  actions: {
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
    recordAcceptance: assign(({ context, event }) => acceptance(context, event, timeOf(event, context.createdAt))),
    recordLateAcceptance: assign(({ context, event }) => lateAcceptance(context, event)),
    recordUnits: assign({
      billableUnits: ({ context, event }) => unitsOf(event) ?? context.billableUnits,
    }),
    recordLostOutcome: assign({ outcomeWasLost: true }),
    recordReceipt: assign(({ context, event }) => ({
      sentBy: context.sentBy ?? ('provider' in event ? event.provider : null),
      billableUnits: context.billableUnits || ('billableUnits' in event ? (event.billableUnits ?? 0) : 0),
      updatedAt: timeOf(event, context.createdAt),
    })),
    recordEnd: assign({ updatedAt: ({ context, event }) => timeOf(event, context.createdAt) }),
    tellService: announced,
    announceAcceptance: announced,
    announceLateAcceptance: announced,
    announceFailedAttempt: announced,
    announceRetriesExhausted: announced,
    announceRejection: announced,
    announceInactiveService: announced,
    announceUnmappedReceipt: announced,
    announceTimeout: announced,
  },
}).createMachine({
  id: 'notification',
  version: '1',
  context: ({ input }) => ({
    ...input,
    attempts: 0,
    outcomeWasLost: false,
    sentAt: null,
    sentBy: null,
    providerReference: null,
    billableUnits: 0,
    updatedAt: null,
  }),
  initial: 'created',
  on: {
    'xstate.done.actor.sendToProvider': {
      description: 'An answer that came after a receipt or a newer attempt only fills in facts that are missing.',
      actions: ['recordLateAcceptance', 'announceLateAcceptance'],
    },
    'xstate.error.actor.sendToProvider': { description: 'An attempt that has been overtaken; nothing to record.' },
    'xstate.done.actor.simulateReceipt': {
      description: 'The made-up receipt arrived before its posting was reported.',
    },
    'xstate.error.actor.simulateReceipt': { description: 'The made-up receipt is no longer waited for.' },
  },
  states: {
    created: {
      description: 'Stored, and not yet accepted by a provider.',
      initial: 'calling',
      states: {
        calling: {
          description:
            'Owes one call to a provider. Waits for a free place in its pool; from then on the attempt holds a lease.',
          entry: 'countAttempt',
          invoke: {
            id: 'sendToProvider',
            src: 'sendToProvider',
            input: ({ context }) => ({ attempt: context.attempts }),
            onDone: [
              { guard: 'isOfEarlierAttempt', actions: ['recordLateAcceptance', 'announceLateAcceptance'] },
              ...onAccepted,
              {
                guard: 'isServiceInactive',
                target: '#notification.technical-failure',
                actions: ['recordEnd', 'announceInactiveService'],
              },
              {
                guard: 'isRejected',
                target: '#notification.technical-failure',
                actions: ['recordEnd', 'announceRejection'],
              },
              { guard: 'hasAttemptsLeft', target: 'backoff', actions: ['recordUnits', 'announceFailedAttempt'] },
              {
                target: '#notification.technical-failure',
                actions: ['recordUnits', 'recordEnd', 'announceRetriesExhausted'],
              },
            ],
            onError: [
              { guard: 'isOfEarlierAttempt' },
              { guard: 'hasAttemptsLeft', target: 'backoff', actions: 'announceFailedAttempt' },
              { target: '#notification.technical-failure', actions: ['recordEnd', 'announceRetriesExhausted'] },
            ],
          },
          on: {
            'lease.expired': [
              { guard: 'hasAttemptsLeft', target: 'backoff', actions: 'recordLostOutcome' },
              {
                target: '#notification.technical-failure',
                actions: ['recordLostOutcome', 'recordEnd', 'announceRetriesExhausted'],
              },
            ],
          },
        },
        backoff: {
          description:
            'The last attempt failed, or its outcome was lost. Tries again at the retry delay, at once after a lost one.',
          after: { retryDelay: 'calling' },
          on: {
            'xstate.done.actor.sendToProvider': [
              ...onAccepted,
              { actions: ['recordLateAcceptance', 'announceLateAcceptance'] },
            ],
            'operator.retry': 'calling',
          },
        },
      },
      on: {
        ...onReceipt,
        'operator.fail': { target: '#notification.technical-failure', actions: 'recordEnd' },
      },
    },
    sending: {
      description:
        'A provider accepted it; waits for the receipt until the nightly run that finds it older than 72 hours.',
      initial: 'awaitingReceipt',
      states: { awaitingReceipt: { description: 'The provider has it.' }, ...simulation },
      after: { receiptTimeout: { target: 'temporary-failure', actions: ['recordEnd', 'announceTimeout'] } },
      on: onReceipt,
    },
    pending: {
      description: 'The provider says that the network is still trying; a later receipt or the 72-hour run ends it.',
      after: { receiptTimeout: { target: 'temporary-failure', actions: ['recordEnd', 'announceTimeout'] } },
      on: {
        ...onReceipt,
        'receipt.permanent-failure': [
          { guard: 'isNotBelieved' },
          { guard: 'repeatsALostAttempt', actions: 'recordReceipt' },
          { guard: 'hasTemporaryCode', target: 'temporary-failure', actions: 'recordReceipt' },
          { guard: 'hasNoKnownCode', target: 'temporary-failure', actions: 'recordReceipt' },
          { target: 'permanent-failure', actions: 'recordReceipt' },
        ],
        'receipt.pending': [{ guard: 'isNotBelieved' }, { actions: 'recordReceipt' }],
      },
    },
    sent: {
      description:
        'A text to a country abroad was handed over. Often no receipt ever comes; this status may be its last.',
      initial: 'awaitingReceipt',
      states: { awaitingReceipt: { description: 'The provider has it.' }, ...simulation },
      after: { stillSent: { target: 'sent', reenter: true } },
      on: onReceipt,
    },
    delivered: {
      type: 'final',
      description: 'The receipt says that it arrived.',
      entry: 'tellService',
    },
    'permanent-failure': {
      type: 'final',
      description: 'The receipt says that it will never arrive.',
      entry: 'tellService',
    },
    'temporary-failure': {
      type: 'final',
      description: 'The receipt says that it did not arrive this time, or no receipt came in time.',
      entry: 'tellService',
    },
    'technical-failure': {
      type: 'final',
      description:
        'It could not be handed over, its service is inactive, or the provider reported a status that we do not know.',
      entry: 'tellService',
    },
  },
});

type SomeEvent = { type: string };

function outcomeOf(event: SomeEvent): SendOutcome | undefined {
  return 'output' in event ? (event.output as SendOutcome | undefined) : undefined;
}

/** The attempt that an outcome belongs to: an answer says it, a failure carries the effect's input. */
function attemptOf(event: SomeEvent, latest: number): number {
  const input = 'input' in event ? (event.input as { attempt?: number } | undefined) : undefined;
  return outcomeOf(event)?.attempt ?? input?.attempt ?? latest;
}

/** Whether this is the acceptance of the latest attempt: no newer one has begun. */
function isAccepted(event: SomeEvent, context: NotificationContext): boolean {
  const outcome = outcomeOf(event);
  return outcome?.outcome === 'accepted' && outcome.attempt === context.attempts;
}

function acceptance(context: NotificationContext, event: SomeEvent, at: number): Partial<NotificationContext> {
  const outcome = outcomeOf(event);
  if (outcome?.outcome !== 'accepted') return {};
  return {
    sentAt: at,
    sentBy: outcome.provider,
    providerReference: outcome.providerReference ?? context.providerReference,
    billableUnits: outcome.billableUnits,
    updatedAt: at,
  };
}

function lateAcceptance(context: NotificationContext, event: SomeEvent): Partial<NotificationContext> {
  const outcome = outcomeOf(event);
  if (outcome?.outcome !== 'accepted') return {};
  return {
    sentAt: context.sentAt ?? timeOf(event, context.createdAt),
    sentBy: context.sentBy ?? outcome.provider,
    providerReference: context.providerReference ?? outcome.providerReference,
    billableUnits: context.billableUnits || outcome.billableUnits,
  };
}

function unitsOf(event: SomeEvent): number | undefined {
  const outcome = outcomeOf(event);
  return outcome?.outcome === 'failed' ? outcome.billableUnits : undefined;
}

function isFromFiretext(context: NotificationContext, event: SomeEvent): boolean {
  return (context.sentBy ?? ('provider' in event ? event.provider : null)) === 'firetext';
}

function codeStatus(event: SomeEvent): string | undefined {
  return 'codeStatus' in event ? (event.codeStatus as string | undefined) : undefined;
}
