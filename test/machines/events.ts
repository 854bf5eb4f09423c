import type { AnyStateMachine } from 'xstate';
import { deliveryStatusCallbackMachine } from '../../machines/delivery-status-callback.machine.ts';
import { notificationMachine } from '../../machines/notification.machine.ts';
import type { NotificationInput } from '../../machines/notification.types.ts';
import { EXAMPLE_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { EXAMPLE_NOTIFICATION } from '../../src/actors/notification.ts';
import { accepted, CREATED_AT, failed } from './walk.ts';

export type ChartEvent = { type: string; at: number; [fact: string]: unknown };

const at = CREATED_AT + 60_000;

/** The timers of a chart, as events. */
function timersOf(machine: AnyStateMachine): ChartEvent[] {
  return machine.events.filter((type) => type.startsWith('xstate.after.')).map((type) => ({ type, at }));
}

/** One of each kind of event of a notification, and more where facts matter. */
export const notificationEvents: ChartEvent[] = [
  ...[accepted(1), accepted(2), failed(1), failed(2)].map((output) => ({ type: sent('done'), output, at })),
  { type: sent('done'), output: { outcome: 'rejected', attempt: 1, provider: 'ses', reason: 'no' }, at },
  { type: sent('done'), output: { outcome: 'service-inactive', attempt: 1 }, at },
  { type: sent('error'), error: 'broken', at },
  { type: 'xstate.done.actor.simulateReceipt', at },
  { type: 'xstate.error.actor.simulateReceipt', error: 'broken', at },
  ...['delivered', 'temporary-failure', 'permanent-failure', 'pending', 'unmapped'].map((status) => ({
    type: `receipt.${status}`,
    provider: 'mmg',
    at,
  })),
  { type: 'receipt.permanent-failure', provider: 'mmg', isDuplicateId: true, at },
  { type: 'receipt.permanent-failure', provider: 'firetext', codeStatus: 'temporary-failure', at },
  { type: 'lease.expired', at },
  { type: 'operator.retry', at },
  { type: 'operator.fail', at },
  ...timersOf(notificationMachine),
];

export const callbackEvents: ChartEvent[] = [
  ...[
    { outcome: 'taken', status: 200 },
    { outcome: 'refused', status: 404, reason: 'HTTP 404' },
    { outcome: 'try-later', reason: 'HTTP 503' },
  ].map((output) => ({ type: 'xstate.done.actor.postCallback', output, at })),
  { type: 'xstate.error.actor.postCallback', error: 'broken', at },
  { type: 'lease.expired', at },
  { type: 'operator.retry', at },
  ...timersOf(deliveryStatusCallbackMachine),
];

export const callbackInput = EXAMPLE_CALLBACK;

/** Both types, a live and a test key, home and abroad, with receipts that count and that do not. */
export const notificationInputs: NotificationInput[] = (['sms', 'email'] as const).flatMap((notificationType) =>
  (['normal', 'test'] as const).flatMap((keyType) =>
    [
      { international: false, receiptsBelieved: true },
      { international: true, receiptsBelieved: true },
      { international: true, receiptsBelieved: false },
    ].map((country) => ({ ...EXAMPLE_NOTIFICATION, notificationType, keyType, ...country, createdAt: CREATED_AT })),
  ),
);

function sent(how: 'done' | 'error'): string {
  return `xstate.${how}.actor.sendToProvider`;
}
