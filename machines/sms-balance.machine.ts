import { assign, type DoneActorEvent, type ErrorActorEvent, setup } from 'xstate';
import { type At, effect, type LeaseExpired, timeOf } from './effect.ts';

/** Between looks at how fast texts arrive. Source: workflows 1.9. */
const CHECK_INTERVAL_MS = 60_000;
/** Each time this many looks have been had, the weights may also move back to rest: every five minutes. */
const CHECKS_A_REST = 5;
/** A watch is over then, and the next one begins: no row grows for ever. */
const WATCH_MS = 3_600_000;

export type SmsBalanceInput = {
  /** Milliseconds since the epoch. */
  startedAt: number;
};

export type SmsBalanceContext = SmsBalanceInput & {
  checks: number;
  /** The provider whose calls failed too often; of interest while its weight is reduced. */
  failing: string | null;
};

/** A provider's calls failed more often than they may within a minute. */
export type ProviderFailing = { type: 'provider.failing'; provider: string } & At;

/**
 * Watches over the weights by which texts are shared out among providers, for an hour. One that delivers slowly or whose
 * calls fail loses traffic to the others; when all is quiet the weights move back. Source: workflows 1.9 and 3.7.
 */
export const smsBalanceMachine = setup({
  types: {
    input: {} as SmsBalanceInput,
    context: {} as SmsBalanceContext,
    events: {} as
      | ProviderFailing
      | LeaseExpired
      | DoneActorEvent<void, 'checkProviders'>
      | ErrorActorEvent<unknown, 'checkProviders'>
      | DoneActorEvent<void, 'reduceProvider'>
      | ErrorActorEvent<unknown, 'reduceProvider'>,
  },
  actors: {
    checkProviders: effect<{ isRestDue: boolean }, void>(),
    reduceProvider: effect<{ provider: string | null }, void>(),
  },
  delays: { checkInterval: CHECK_INTERVAL_MS },
  guards: {
    isOver: ({ context, event }) => timeOf(event, context.startedAt) >= context.startedAt + WATCH_MS,
  },
  actions: {
    countCheck: assign({ checks: ({ context }) => context.checks + 1 }),
    recordFailing: assign({
      failing: ({ context, event }) => (event.type === 'provider.failing' ? event.provider : context.failing),
    }),
    clearFailing: assign({ failing: null }),
  },
}).createMachine({
  id: 'sms-balance',
  version: '1',
  context: ({ input }) => ({ ...input, checks: 0, failing: null }),
  initial: 'watching',
  states: {
    watching: {
      description: 'Nothing to do until the next look, or until a provider fails.',
      after: { checkInterval: 'checking' },
      on: { 'provider.failing': { target: 'reducing', actions: 'recordFailing' } },
    },
    checking: {
      description: 'Owes a look at how fast each provider delivers, and at how far the weights are from rest.',
      entry: 'countCheck',
      invoke: {
        id: 'checkProviders',
        src: 'checkProviders',
        input: ({ context }) => ({ isRestDue: context.checks % CHECKS_A_REST === 0 }),
        onDone: [{ guard: 'isOver', target: 'over' }, { target: 'watching' }],
        onError: [{ guard: 'isOver', target: 'over' }, { target: 'watching' }],
      },
      on: { 'lease.expired': 'watching' },
    },
    reducing: {
      description: 'Owes the failing provider ten less of its weight, unless weights changed a moment ago.',
      invoke: {
        id: 'reduceProvider',
        src: 'reduceProvider',
        input: ({ context }) => ({ provider: context.failing }),
        onDone: { target: 'watching', actions: 'clearFailing' },
        onError: { target: 'watching', actions: 'clearFailing' },
      },
      on: { 'lease.expired': 'watching' },
    },
    over: { type: 'final', description: 'Its hour has passed; another watch has begun.' },
  },
});
