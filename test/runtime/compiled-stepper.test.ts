import { describe, expect, test } from '@jest/globals';
import { type AnyStateMachine, assign, setup } from 'xstate';
import { effect } from '../../machines/effect.ts';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { EXAMPLE_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { EXAMPLE_NOTIFICATION } from '../../src/actors/notification.ts';
import { CompiledStepper, stepper } from '../../src/runtime/compiled-stepper.ts';
import { type Decision, Stepper } from '../../src/runtime/stepper.ts';

type Event = { type: string; at: number; [fact: string]: unknown };

const at = Date.UTC(2026, 2, 28, 12);
const outcomes = [1, 2, 49].flatMap((attempt) => [
  { outcome: 'accepted', attempt, provider: 'mmg', providerReference: 'r', billableUnits: 2 },
  { outcome: 'failed', attempt, provider: 'mmg', reason: 'no', billableUnits: 1 },
  { outcome: 'rejected', attempt, provider: 'ses', reason: 'no' },
  { outcome: 'service-inactive', attempt },
]);

const notificationEvents: Event[] = [
  ...outcomes.map((output) => ({ type: 'xstate.done.actor.sendToProvider', output, at })),
  { type: 'xstate.error.actor.sendToProvider', error: 'x', at },
  { type: 'xstate.done.actor.simulateReceipt', at },
  { type: 'xstate.error.actor.simulateReceipt', error: 'x', at },
  ...['delivered', 'permanent-failure', 'temporary-failure', 'pending', 'unmapped'].flatMap((status) =>
    ['mmg', 'firetext'].flatMap((provider) => [
      { type: `receipt.${status}`, provider, at },
      { type: `receipt.${status}`, provider, codeStatus: 'temporary-failure', billableUnits: 3, at },
      { type: `receipt.${status}`, provider, codeStatus: 'permanent-failure', isDuplicateId: true, at },
    ]),
  ),
  { type: 'lease.expired', at },
  { type: 'operator.retry', at },
  { type: 'operator.fail', at },
  { type: 'unheard.of', at },
  ...afterEvents(notificationMachine),
];

const callbackEvents: Event[] = [
  { type: 'xstate.done.actor.postCallback', output: { outcome: 'taken', status: 200 }, at },
  { type: 'xstate.done.actor.postCallback', output: { outcome: 'refused', status: 404, reason: 'no' }, at },
  { type: 'xstate.done.actor.postCallback', output: { outcome: 'try-later', reason: 'no' }, at },
  { type: 'xstate.error.actor.postCallback', error: 'x', at },
  { type: 'lease.expired', at },
  { type: 'operator.retry', at },
  { type: 'unheard.of', at },
  ...afterEvents(serviceCallbackMachine),
];

const notificationInputs = ['sms', 'email'].flatMap((notificationType) =>
  ['normal', 'test'].flatMap((keyType) =>
    [true, false].map((international) => ({
      ...EXAMPLE_NOTIFICATION,
      notificationType,
      keyType,
      international,
      receiptsBelieved: !international || keyType === 'normal',
      createdAt: at,
    })),
  ),
);

function afterEvents(machine: AnyStateMachine): Event[] {
  return machine.events
    .filter((type) => String(type).startsWith('xstate.after.'))
    .map((type) => ({ type: String(type), at }));
}

/** Every step from every state that can be reached within `depth` events must be the same for both. */
function compare(machine: AnyStateMachine, inputs: unknown[], events: Event[]): number {
  let compared = 0;
  for (const input of inputs) {
    const xstate = new Stepper(machine, input);
    const compiled = new CompiledStepper(machine, input);
    const first = compiled.start(input);
    same(first, xstate.start(input));
    const seen = new Set<string>();
    const frontier = [first];
    for (let decision = frontier.pop(); decision; decision = frontier.pop()) {
      const key = JSON.stringify([decision.state, decision.context]);
      if (seen.has(key) || seen.size > 400) continue;
      seen.add(key);
      for (const event of events) {
        const step = compiled.step(decision.state, decision.context, event);
        same(step, xstate.step(decision.state, decision.context, event));
        compared++;
        if (step.accepted) frontier.push(step);
      }
    }
  }
  return compared;
}

/** Deep equality is slow and asked tens of thousands of times: it is for showing what differs. */
function same(compiled: Decision, xstate: Decision): void {
  if (JSON.stringify(plain(compiled)) !== JSON.stringify(plain(xstate))) expect(plain(compiled)).toEqual(plain(xstate));
}

function plain(decision: Decision) {
  const { armed, disarmed, ...rest } = decision;
  return { ...rest, armed: [...(armed ?? [])], disarmed: [...(disarmed ?? [])] };
}

describe('a compiled chart steps as XState does', () => {
  test('notification: every event in every state that can be reached', () => {
    expect(compare(notificationMachine, notificationInputs, notificationEvents)).toBeGreaterThan(10_000);
  });

  test('delivery-status callback: every event in every state that can be reached', () => {
    expect(compare(serviceCallbackMachine, [EXAMPLE_CALLBACK], callbackEvents)).toBeGreaterThan(50);
  });

  const general = setup({
    types: { context: {} as Record<string, number>, events: {} as { type: string } },
    actors: { work: effect<unknown, unknown>() },
    actions: {
      name: () => {},
      other: () => {},
      n: assign({ n: ({ context }) => (context['n'] ?? 0) + 1 }),
      m: assign({ m: ({ context }) => (context['m'] ?? 0) + 1 }),
    },
    guards: { isOdd: ({ context }) => (context['n'] ?? 0) % 2 === 1 },
    delays: { soon: 100, later: ({ context }) => 1000 + (context['n'] ?? 0) },
  }).createMachine({
    id: 'general',
    context: { n: 0, m: 0 },
    initial: 'a',
    entry: 'name',
    on: { reset: { target: '.a', actions: 'n' }, '*': { actions: 'm' } },
    states: {
      a: {
        initial: 'one',
        entry: 'n',
        exit: ['m', 'name'],
        after: { later: 'c' },
        states: {
          one: {
            after: { soon: 'two' },
            invoke: {
              src: 'work',
              id: 'work',
              input: ({ context }: { context: Record<string, number> }) => ({ n: context['n'] }),
              onDone: 'two',
              onError: '#general.c',
            },
            on: {
              'go.in': '#general.b.deep.deepest',
              stay: { actions: 'other' },
              'go.again': { target: 'one', reenter: true },
            },
          },
          two: { always: { guard: 'isOdd', target: '#general.b' }, on: { 'go.*': 'one' } },
        },
        onDone: 'c',
        on: { self: { target: 'a' }, again: { target: 'a', reenter: true }, inner: '.two' },
      },
      b: {
        initial: 'deep',
        states: {
          deep: {
            initial: 'deepest',
            entry: 'n',
            states: { deepest: { entry: 'name' }, end: { type: 'final' } },
            onDone: 'shallow',
            on: { end: '.end' },
          },
          shallow: { after: { soon: '#general.c' }, exit: 'other' },
        },
      },
      c: { always: [{ guard: 'isOdd', target: 'd', actions: 'n' }], on: { 'go.end': 'd' } },
      d: { type: 'final', entry: 'name', exit: 'other' },
    },
  });

  test('nested, eventless, completed, re-entered and wildcard transitions', () => {
    const names = [
      'reset',
      'go.in',
      'go.end',
      'go.again',
      'stay',
      'self',
      'again',
      'inner',
      'end',
      'unknown',
      'xstate.done.actor.work',
      'xstate.error.actor.work',
    ];
    const events = [...names.map((type) => ({ type, at })), ...afterEvents(general)];
    expect(compare(general, [undefined], events)).toBeGreaterThan(1000);
  });

  test('a chart with parallel states is left to XState', () => {
    const parallel = setup({}).createMachine({ type: 'parallel', states: { a: {}, b: {} } });
    expect(stepper(parallel, undefined)).toBeInstanceOf(Stepper);
  });
});
