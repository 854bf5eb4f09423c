import { describe, expect, test } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { letterMachine } from '../../machines/letter.machine.ts';
import { LETTER_STATUSES } from '../../machines/letter.types.ts';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { NOTIFICATION_STATUSES } from '../../machines/notification.types.ts';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { smsBalanceMachine } from '../../machines/sms-balance.machine.ts';
import { finalStates, nodesOf } from '../simulation/legal-moves.ts';
import {
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

const charts: [string, AnyStateMachine, unknown[], object[]][] = [
  ['notification', notificationMachine, notificationInputs, notificationEvents],
  ['letter', letterMachine, letterInputs, letterEvents],
  ['service-callback', serviceCallbackMachine, [callbackInput, serviceCallbackInput], callbackEvents],
  ['watch over text providers', smsBalanceMachine, smsBalanceInputs, smsBalanceEvents],
];

describe.each(charts)('the chart of a %s', (_name, machine, inputs, events) => {
  test('describes every state', () => {
    const nodes = nodesOf(machine.root).filter(({ parent }) => parent);
    expect(nodes.filter(({ description }) => !description).map(({ id }) => id)).toEqual([]);
  });

  test('reaches every final state', () => {
    const reached = new Set(
      inputs.flatMap((input) =>
        getShortestPaths(machine, {
          input,
          events: events as never[],
          serializeState: ({ value, context }: { value: unknown; context: { attempts: number } }) =>
            JSON.stringify([value, context.attempts]),
        } as never).map(({ state }) => String((state as { value: unknown }).value)),
      ),
    );
    expect([...reached]).toEqual(expect.arrayContaining(finalStates(machine)));
  });
});

test('the top-level states of a notification are the statuses that the API shows', () => {
  expect(Object.keys(notificationMachine.states).sort()).toEqual([...NOTIFICATION_STATUSES].sort());
});

test('the final states of a notification are those of workflows 1.1', () => {
  expect(finalStates(notificationMachine).sort()).toEqual([
    'delivered',
    'permanent-failure',
    'technical-failure',
    'temporary-failure',
  ]);
});

test('the top-level states of a letter are its persisted statuses', () => {
  expect(Object.keys(letterMachine.states).sort()).toEqual([...LETTER_STATUSES].sort());
});

test('nothing happens any more to a letter that was cancelled or came back', () => {
  expect(finalStates(letterMachine).sort()).toEqual(['cancelled', 'returned-letter']);
});
