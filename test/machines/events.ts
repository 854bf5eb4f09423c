import type { AnyStateMachine } from 'xstate';
import { letterMachine } from '../../machines/letter.machine.ts';
import type { LetterInput } from '../../machines/letter.types.ts';
import { notificationMachine } from '../../machines/notification.machine.ts';
import type { NotificationInput } from '../../machines/notification.types.ts';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { type SmsBalanceInput, smsBalanceMachine } from '../../machines/sms-balance.machine.ts';
import { EXAMPLE_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { EXAMPLE_NOTIFICATION } from '../../src/actors/notification.ts';
import { EXAMPLE_SERVICE_CALLBACK } from '../../src/actors/service-callback.ts';
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
    { outcome: 'not-wanted' },
  ].map((output) => ({ type: 'xstate.done.actor.postCallback', output, at })),
  { type: 'xstate.error.actor.postCallback', error: 'broken', at },
  { type: 'lease.expired', at },
  { type: 'operator.retry', at },
  ...timersOf(serviceCallbackMachine),
];

/** One of each kind of event of a watch over text providers. */
export const smsBalanceEvents: ChartEvent[] = [
  ...['checkProviders', 'reduceProvider'].flatMap((name) => [
    { type: `xstate.done.actor.${name}`, at },
    { type: `xstate.error.actor.${name}`, error: 'broken', at },
  ]),
  { type: 'provider.failing', provider: 'mmg', at },
  { type: 'lease.expired', at },
  ...timersOf(smsBalanceMachine),
];

/** One that has just begun, and one whose hour is over. */
export const smsBalanceInputs: SmsBalanceInput[] = [{ startedAt: CREATED_AT }, { startedAt: 0 }];

export const callbackInput = EXAMPLE_CALLBACK;
export const serviceCallbackInput = EXAMPLE_SERVICE_CALLBACK;

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

/** A normal and both kinds of test key, from a template and as a PDF. */
export const letterInputs: LetterInput[] = [true, false].flatMap((isPrecompiled) =>
  [
    { keyType: 'normal', fakesDelivery: true } as const,
    { keyType: 'test', fakesDelivery: true } as const,
    { keyType: 'test', fakesDelivery: false } as const,
  ].map((key) => ({
    serviceId: EXAMPLE_NOTIFICATION.serviceId,
    ...key,
    isPrecompiled,
    postage: 'second' as const,
    createdAt: CREATED_AT,
  })),
);

const storeFailed = { outcome: 'store-failed', reason: 'no' };
const engineFailed = { outcome: 'engine-failed', reason: 'no' };

/** What each effect of a letter may answer. */
const letterAnswers: Record<string, object[]> = {
  renderPdf: [{ outcome: 'rendered', pages: 3 }, { outcome: 'rendered', pages: 11 }, engineFailed, storeFailed],
  scanFile: [{ outcome: 'clean' }, { outcome: 'infected' }, { outcome: 'failed', reason: 'no' }],
  sanitisePdf: [
    { outcome: 'passed', pages: 3, address: 'Sam\nParis\nFrance', postage: 'europe' },
    { outcome: 'not-valid', message: 'letter-too-long', invalidPages: [], pages: 12 },
    engineFailed,
    storeFailed,
  ],
  fileValidPdf: [{ outcome: 'filed' }, storeFailed],
  fileInvalidPdf: [{ outcome: 'filed' }, storeFailed],
  printLetter: [
    { outcome: 'accepted', provider: 'dvla' },
    { outcome: 'try-later', reason: 'HTTP 503' },
    { outcome: 'refused', reason: 'HTTP 400' },
  ],
  fakePrint: [{}],
};

/** One of each kind of event of a letter, and more where the answer matters. */
export const letterEvents: ChartEvent[] = [
  ...Object.entries(letterAnswers).flatMap(([name, outputs]) => [
    ...outputs.map((output) => ({ type: `xstate.done.actor.${name}`, output, at })),
    { type: `xstate.error.actor.${name}`, error: 'broken', at },
  ]),
  ...[
    'lease.expired',
    'cancellation.asked',
    'job.cancelled',
    'letter.returned',
    'print.despatched',
    'print.rejected',
    'operator.retry',
    'operator.print',
    'operator.replayScan',
    'operator.permanentFailure',
  ].map((type) => ({ type, at })),
  ...timersOf(letterMachine),
];

function sent(how: 'done' | 'error'): string {
  return `xstate.${how}.actor.sendToProvider`;
}
