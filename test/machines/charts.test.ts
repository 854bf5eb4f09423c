import { describe, expect, test } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { deliveryStatusCallbackMachine } from '../../machines/delivery-status-callback.machine.ts';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { NOTIFICATION_STATUSES } from '../../machines/notification.types.ts';
import { finalStates, nodesOf } from '../simulation/legal-moves.ts';
import { callbackEvents, callbackInput, notificationEvents, notificationInputs } from './events.ts';

const charts: [string, AnyStateMachine, unknown[], object[]][] = [
  ['notification', notificationMachine, notificationInputs, notificationEvents],
  ['delivery-status-callback', deliveryStatusCallbackMachine, [callbackInput], callbackEvents],
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
