import { describe, expect, test } from '@jest/globals';
import { notificationMachine } from '../../machines/notification.machine.ts';
import type { NotificationInput } from '../../machines/notification.types.ts';
import { EXAMPLE_NOTIFICATION } from '../../src/actors/notification.ts';
import { accepted, CREATED_AT, leaseExpired, pendingTimedOut, receipt, retryDue, sendDone, Walk } from './walk.ts';

const begin = (facts: Partial<NotificationInput> = {}) =>
  new Walk(notificationMachine, { ...EXAMPLE_NOTIFICATION, createdAt: CREATED_AT, ...facts });
const sending = (provider = 'mmg') => begin().take(sendDone(accepted(1, provider)));
const pending = (provider = 'mmg') => sending(provider).take(receipt('pending', { provider }));

const starts: [string, () => Walk][] = [
  ['created', () => begin()],
  ['sending', () => sending()],
  ['pending', () => pending()],
  ['sent', () => begin({ international: true }).take(sendDone(accepted()))],
];

describe.each(starts)('from %s', (status, start) => {
  test.each([
    ['delivered', 'delivered'],
    ['temporary-failure', 'temporary-failure'],
    ['permanent-failure', 'permanent-failure'],
    ['unmapped', 'technical-failure'],
  ])('a %s receipt ends it as %s and tells the service', (kind, end) => {
    const walk = start().take(receipt(kind));
    expect([walk.state, walk.last.done]).toEqual([end, true]);
    expect(walk.last.actions).toContain('tellService');
  });

  test('a pending receipt makes it pending and tells nobody', () => {
    const walk = start().take(receipt('pending'));
    expect([walk.state, walk.last.accepted]).toEqual(['pending', true]);
    expect(walk.last.actions).toEqual([]);
    expect(walk.last.armed === null).toBe(status === 'pending');
  });

  test('a receipt after its end is refused', () => {
    const ended = start().take(receipt('delivered'));
    for (const kind of ['delivered', 'permanent-failure', 'temporary-failure', 'pending', 'unmapped']) {
      expect(ended.take(receipt(kind)).last.accepted).toBe(false);
    }
  });
});

describe('firetext', () => {
  const permanent = (codeStatus?: string) =>
    receipt('permanent-failure', { provider: 'firetext', ...(codeStatus && { codeStatus }) });

  test.each([
    ['pending', () => pending('firetext'), 'permanent-failure', 'permanent-failure'],
    ['pending', () => pending('firetext'), 'temporary-failure', 'temporary-failure'],
    ['pending', () => pending('firetext'), undefined, 'temporary-failure'],
    ['sending', () => sending('firetext'), 'permanent-failure', 'permanent-failure'],
    ['sending', () => sending('firetext'), 'temporary-failure', 'temporary-failure'],
    ['sending', () => sending('firetext'), undefined, 'permanent-failure'],
    ['created', () => begin(), 'temporary-failure', 'temporary-failure'],
  ])('from %s a permanent failure whose code says %3$s ends as expected', (_from, start, code, end) => {
    expect(start().take(permanent(code)).state).toBe(end);
  });

  test("another provider's permanent failure is not looked into", () => {
    const walk = pending().take(
      receipt('permanent-failure', { provider: 'firetext', codeStatus: 'temporary-failure' }),
    );
    expect(walk.state).toBe('permanent-failure');
  });
});

describe('a country whose receipts do not count', () => {
  const sent = () => begin({ international: true, receiptsBelieved: false }).take(sendDone(accepted()));

  test.each(['delivered', 'temporary-failure', 'permanent-failure', 'pending', 'unmapped'])('%s is ignored', (kind) => {
    const walk = sent().take(receipt(kind));
    expect([walk.state, walk.last.accepted]).toEqual(['sent.awaitingReceipt', false]);
  });

  test('a send that fails for good ends all the same', () => {
    const walk = begin({ international: true, receiptsBelieved: false });
    expect(walk.take(sendDone({ outcome: 'rejected', attempt: 1, provider: 'mmg', reason: 'no' })).state).toBe(
      'technical-failure',
    );
  });
});

describe('a receipt', () => {
  test('fills in the provider and the fragments that are not known yet', () => {
    const walk = begin().take(receipt('delivered', { provider: 'firetext', billableUnits: 3 }));
    expect(walk.context).toMatchObject({ sentBy: 'firetext', billableUnits: 3, updatedAt: CREATED_AT });
  });

  test('does not replace what the provider of the send said', () => {
    const walk = sending().take(receipt('delivered', { provider: 'firetext', billableUnits: 3 }));
    expect(walk.context).toMatchObject({ sentBy: 'mmg', billableUnits: 2 });
  });

  test('that overtakes the acceptance keeps its status; the acceptance fills in the rest', () => {
    const walk = begin().take(receipt('delivered'), sendDone(accepted(), CREATED_AT + 9000));
    expect(walk.state).toBe('delivered');
    expect(walk.context).toMatchObject({ sentAt: CREATED_AT + 9000, sentBy: 'mmg', billableUnits: 2 });
    expect(walk.last.actions).toEqual(['announceLateAcceptance']);
  });

  test('that says pending before the acceptance is not undone by it', () => {
    expect(begin().take(receipt('pending'), sendDone(accepted())).state).toBe('pending');
  });

  test('of a repeated id after a lost outcome is no failure', () => {
    const walk = begin().take(leaseExpired, retryDue, sendDone(accepted(2)));
    expect(walk.take(receipt('permanent-failure', { isDuplicateId: true })).state).toBe('pending');
    expect(walk.take(receipt('permanent-failure', { isDuplicateId: true })).state).toBe('pending');
    expect(walk.take(receipt('delivered')).state).toBe('delivered');
  });

  test('of a repeated id without a lost outcome is a permanent failure', () => {
    expect(sending().take(receipt('permanent-failure', { isDuplicateId: true })).state).toBe('permanent-failure');
  });

  test('that never follows pending ends in a temporary failure', () => {
    expect(pending().take(pendingTimedOut).state).toBe('temporary-failure');
  });
});
