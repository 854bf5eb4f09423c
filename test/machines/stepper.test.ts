import { expect, test } from '@jest/globals';
import { type AnyMachineSnapshot, type AnyStateMachine, initialTransition, transition } from 'xstate';
import { letterMachine } from '../../machines/letter.machine.ts';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { smsBalanceMachine } from '../../machines/sms-balance.machine.ts';
import { stepper } from '../../src/runtime/compiled-stepper.ts';
import { type Decision, Stepper } from '../../src/runtime/stepper.ts';
import {
  type ChartEvent,
  callbackEvents,
  callbackInput,
  letterEvents,
  letterInputs,
  notificationEvents,
  notificationInputs,
  serviceCallbackInput,
  smsBalanceEvents,
  smsBalanceInputs,
} from './events.ts';

type Result = readonly [AnyMachineSnapshot, readonly { type: string; params?: unknown }[]];

const MOST_STATES = 300;

/** What XState's own answer says, in the words of a decision. */
function told([snapshot, actions]: Result) {
  const told = {
    armed: [] as unknown[],
    disarmed: new Set<unknown>(),
    begun: null as unknown,
    actions: [] as string[],
  };
  for (const { type, params } of actions) {
    const { id, sendId, delay, src, input } = (params ?? {}) as Record<string, unknown>;
    if (type === 'xstate.raise' && delay !== undefined) told.armed.push([id, delay]);
    else if (type === 'xstate.cancel') told.disarmed.add(sendId);
    else if (type === 'xstate.spawnChild') told.begun = { id, src, input };
    else if (!type.startsWith('xstate.')) told.actions.push(type);
  }
  const { value, context, status } = snapshot;
  return { ...told, disarmed: [...told.disarmed], state: pathOf(value), context, done: status === 'done' };
}

function pathOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[key, inner] = ['', '']] = Object.entries(value as object);
  return `${key}.${pathOf(inner)}`;
}

function decided({ accepted: _accepted, armed, disarmed, ...rest }: Decision) {
  return { ...rest, armed: [...(armed ?? [])], disarmed: [...(disarmed ?? [])] };
}

/** Steps from every state that can be reached, and compares each with XState's. */
function compare(machine: AnyStateMachine, input: unknown, events: ChartEvent[]): number {
  const steppers = [new Stepper(machine, input), stepper(machine, input)];
  let compared = 0;
  const same = (result: Result, decide: (each: (typeof steppers)[number]) => Decision) => {
    const expected = told(result);
    for (const each of steppers) {
      const decision = decided(decide(each));
      if (JSON.stringify(sorted(decision)) !== JSON.stringify(sorted(expected))) expect(decision).toEqual(expected);
      compared++;
    }
  };
  const first = initialTransition(machine, input as never) as unknown as Result;
  same(first, (each) => each.start(input));
  const seen = new Set<string>();
  const frontier = [first[0]];
  for (let snapshot = frontier.pop(); snapshot && seen.size < MOST_STATES; snapshot = frontier.pop()) {
    const { value, context } = snapshot;
    const key = JSON.stringify([value, context]);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const event of events) {
      const before = machine.resolveState({ value, context } as never);
      const result = transition(machine, before as never, event as never) as unknown as Result;
      if (result[0].status === 'error') {
        for (const each of steppers) expect(() => each.step(pathOf(value), context as object, event)).toThrow();
        continue;
      }
      same(result, (each) => each.step(pathOf(value), context as object, event));
      frontier.push(result[0]);
    }
  }
  return compared;
}

function sorted(object: object): unknown {
  return Object.entries(object).sort(([one], [other]) => one.localeCompare(other));
}

test('every step of a notification is the one that XState takes', () => {
  const compared = notificationInputs.map((input) => compare(notificationMachine, input, notificationEvents));
  expect(Math.min(...compared)).toBeGreaterThan(500);
});

test('every step of a letter is the one that XState takes', () => {
  const compared = letterInputs.map((input) => compare(letterMachine, input, letterEvents));
  expect(Math.min(...compared)).toBeGreaterThan(500);
});

test.each([callbackInput, serviceCallbackInput])(
  'every step of a callback %# is the one that XState takes',
  (input) => {
    expect(compare(serviceCallbackMachine, input, callbackEvents)).toBeGreaterThan(100);
  },
);

test.each(smsBalanceInputs)('every step of a watch over text providers is the one that XState takes: %j', (input) => {
  expect(compare(smsBalanceMachine, input, smsBalanceEvents)).toBeGreaterThan(20);
});
