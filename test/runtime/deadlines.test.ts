import { describe, expect, test } from '@jest/globals';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { EXAMPLE_NOTIFICATION } from '../../src/actors/notification.ts';
import { armedTimers, dueTimer, leaseEnd, rest } from '../../src/runtime/deadlines.ts';
import type { Row } from '../../src/runtime/row.ts';
import { Stepper } from '../../src/runtime/stepper.ts';
import { TakenHints } from '../../src/runtime/taken-hints.ts';

const stepper = new Stepper(notificationMachine, EXAMPLE_NOTIFICATION);
const nothing: Row = {
  id: 'a',
  state: '',
  version: 0,
  context: {},
  wakeAt: null,
  pool: '',
  leasedBy: null,
  timers: null,
};
const pool = () => 'sms';
const TIMEOUT = 'xstate.after.receiptTimeout.notification.sending';

const begin = (keyType: string) =>
  rest(stepper, nothing, stepper.start({ ...EXAMPLE_NOTIFICATION, keyType }), 100, pool, { node: 7, until: 500 });
const step = (row: Row, event: { type: string }, at: number, lease: Parameters<typeof rest>[5] = null) =>
  rest(stepper, row, stepper.step(row.state, row.context, { ...event, at }), at, pool, lease);
const output = { outcome: 'accepted', attempt: 1, provider: 'mmg', providerReference: null, billableUnits: 1 };
const accepted = { type: 'xstate.done.actor.sendToProvider', output };

describe('a resting row', () => {
  test('that owes an effect is looked at when its lease ends', () => {
    expect(begin('normal')).toMatchObject({ version: 1, wakeAt: 500, leasedBy: 7, pool: 'sms', timers: null });
  });

  test('whose effect nobody has room for is due at once', () => {
    const row = rest(stepper, nothing, stepper.start(EXAMPLE_NOTIFICATION), 100, pool, null);
    expect(row).toMatchObject({ wakeAt: 100, leasedBy: null });
  });

  test('with one timer and no effect needs no list of timers', () => {
    const row = step(begin('normal'), accepted, 200);
    expect(row).toMatchObject({ state: 'sending.awaitingReceipt', pool: 'timer', leasedBy: null, timers: null });
    expect([...armedTimers(stepper, row)]).toEqual([[TIMEOUT, row.wakeAt]]);
    expect(leaseEnd(stepper, row)).toBeNull();
  });

  test('with a timer and an effect is looked at when the first of both is over', () => {
    const row = step(begin('test'), accepted, 200, { node: 7, until: 900 });
    expect(row).toMatchObject({ state: 'sending.simulating', wakeAt: 900, leasedBy: 7 });
    expect(leaseEnd(stepper, row)).toBe(900);
    expect(dueTimer(stepper, row, 901)).toBeNull();
    expect(dueTimer(stepper, row, row.timers?.[0] ?? 0)).toBe(TIMEOUT);
  });

  test('keeps a timer that the step did not touch', () => {
    const simulating = step(begin('test'), accepted, 200, { node: 7, until: 900 });
    const waiting = step(simulating, { type: 'xstate.done.actor.simulateReceipt' }, 300);
    expect(waiting.wakeAt).toBe(simulating.timers?.[0]);
  });

  test('that is final has no deadline', () => {
    const row = step(begin('normal'), { type: 'receipt.delivered' }, 200);
    expect(row).toMatchObject({ state: 'delivered', wakeAt: null, leasedBy: null, timers: null });
  });
});

describe('hints that were taken', () => {
  test('are known until their lease ends, version by version', () => {
    const hints = new TakenHints();
    expect(hints.take({ ...nothing, version: 1 }, 500, 100)).toBe(true);
    expect(hints.take({ ...nothing, version: 1 }, 500, 200)).toBe(false);
    expect(hints.take({ ...nothing, version: 2 }, 600, 200)).toBe(true);
    expect(hints.take({ ...nothing, version: 1 }, 900, 500)).toBe(true);
  });
});
