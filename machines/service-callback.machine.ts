import { assign, type DoneActorEvent, type ErrorActorEvent, setup } from 'xstate';
import { type At, announced, effect, type LeaseExpired } from './effect.ts';

/** The first attempt and five retries. Source: workflows 0.3, P-CALLBACK. */
const MAX_ATTEMPTS = 6;
/** Between attempts, 25 minutes in all. Source: as above. */
const RETRY_DELAY_MS = 300_000;

/** Whom to tell. Callbacks of one kind know more, of what they tell and where; the chart keeps it as it is. */
export type CallbackInput = { serviceId: string };

export type CallbackContext = CallbackInput & {
  /** Calls begun. */
  attempts: number;
};

/** How one call to the service's server ended. Source: workflows 1.6 and 6.2. */
export type CallbackOutcome =
  | { outcome: 'taken'; status: number }
  | { outcome: 'refused'; status: number; reason: string }
  | { outcome: 'try-later'; reason: string }
  | { outcome: 'not-wanted' };

/**
 * Tells a service something: how one of its notifications ended, that a recipient complained, that a text came in, that
 * a letter came back. Source: workflows 1.6 to 1.8.
 */
export const serviceCallbackMachine = setup({
  types: {
    input: {} as CallbackInput,
    context: {} as CallbackContext,
    events: {} as
      | LeaseExpired
      | DoneActorEvent<CallbackOutcome, 'postCallback'>
      | ErrorActorEvent<unknown, 'postCallback'>
      | ({ type: 'operator.retry' } & At),
  },
  actors: { postCallback: effect<{ attempt: number }, CallbackOutcome>() },
  delays: {
    retryDelay: ({ event }) => (event.type === 'lease.expired' ? 0 : RETRY_DELAY_MS),
  },
  guards: {
    isTaken: ({ event }) => outcomeOf(event)?.outcome === 'taken',
    isNotWanted: ({ event }) => outcomeOf(event)?.outcome === 'not-wanted',
    isRefused: ({ event }) => outcomeOf(event)?.outcome === 'refused',
    hasAttemptsLeft: ({ context }) => context.attempts < MAX_ATTEMPTS,
  },
  actions: {
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
    announceSuccess: announced,
    announceRefusal: announced,
    announceExhaustion: announced,
  },
}).createMachine({
  id: 'service-callback',
  version: '1',
  context: ({ input }) => ({ ...input, attempts: 0 }),
  initial: 'calling',
  on: {
    'xstate.error.actor.postCallback': { description: 'A call that has been overtaken; nothing to record.' },
  },
  states: {
    calling: {
      description: 'Owes one call to the service. Waits for a free place in its pool; from then on it holds a lease.',
      entry: 'countAttempt',
      invoke: {
        id: 'postCallback',
        src: 'postCallback',
        input: ({ context }) => ({ attempt: context.attempts }),
        onDone: [
          { guard: 'isTaken', target: 'succeeded', actions: 'announceSuccess' },
          { guard: 'isRefused', target: 'rejected', actions: 'announceRefusal' },
          { guard: 'isNotWanted', target: 'no-callback' },
          { guard: 'hasAttemptsLeft', target: 'backoff' },
          { target: 'exhausted', actions: 'announceExhaustion' },
        ],
        onError: [
          { guard: 'hasAttemptsLeft', target: 'backoff' },
          { target: 'exhausted', actions: 'announceExhaustion' },
        ],
      },
      on: {
        'lease.expired': [
          { guard: 'hasAttemptsLeft', target: 'backoff' },
          { target: 'exhausted', actions: 'announceExhaustion' },
        ],
      },
    },
    backoff: {
      description: 'The service could not be reached or asked for patience. Tries again in five minutes.',
      after: { retryDelay: 'calling' },
      on: {
        'xstate.done.actor.postCallback': {
          description: 'The answer of a call whose lease was lost: the service took it after all.',
          guard: 'isTaken',
          target: 'succeeded',
          actions: 'announceSuccess',
        },
        'operator.retry': 'calling',
      },
    },
    succeeded: { type: 'final', description: 'The service took it: any answer below 400.' },
    rejected: { type: 'final', description: 'The service refused it with a 4xx other than 429; not tried again.' },
    'no-callback': {
      type: 'final',
      description: 'A received text, whose service has no address for them at the moment of the call.',
    },
    exhausted: { type: 'final', description: 'Six calls failed; given up.' },
  },
});

function outcomeOf(event: { type: string }): CallbackOutcome | undefined {
  return 'output' in event ? (event.output as CallbackOutcome | undefined) : undefined;
}
