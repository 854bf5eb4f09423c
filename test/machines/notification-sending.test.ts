import { describe, expect, test } from '@jest/globals';
import { notificationMachine } from '../../machines/notification.machine.ts';
import type { NotificationInput } from '../../machines/notification.types.ts';
import { EXAMPLE_NOTIFICATION } from '../../src/actors/notification.ts';
import { accepted, CREATED_AT, failed, leaseExpired, receipt, retryDue, sendDone, timedOut, Walk } from './walk.ts';

const begin = (facts: Partial<NotificationInput> = {}) =>
  new Walk(notificationMachine, { ...EXAMPLE_NOTIFICATION, createdAt: CREATED_AT, ...facts });
const email = { notificationType: 'email' } as const;
const test_ = { keyType: 'test' } as const;
const abroad = { international: true } as const;

describe('created', () => {
  test('owes the first call to a provider', () => {
    const walk = begin();
    expect(walk.state).toBe('created.calling');
    expect(walk.last.begun).toMatchObject({ src: 'sendToProvider', input: { attempt: 1 } });
  });

  test('an accepted text at home is sending, with what the provider said', () => {
    const walk = begin().take(sendDone(accepted(), CREATED_AT + 5000));
    expect(walk.state).toBe('sending.awaitingReceipt');
    expect(walk.context).toMatchObject({ sentAt: CREATED_AT + 5000, sentBy: 'mmg', billableUnits: 2 });
  });

  test("an accepted email keeps the provider's reference", () => {
    const walk = begin(email).take(sendDone(accepted(1, 'ses', 'ses-1')));
    expect(walk.state).toBe('sending.awaitingReceipt');
    expect(walk.context['providerReference']).toBe('ses-1');
  });

  test('an accepted text abroad is sent', () => {
    expect(begin(abroad).take(sendDone(accepted())).state).toBe('sent.awaitingReceipt');
  });

  test('an inactive service ends it at once', () => {
    const walk = begin().take(sendDone({ outcome: 'service-inactive', attempt: 1 }));
    expect(walk.state).toBe('technical-failure');
    expect(walk.last.actions).toEqual(['announceInactiveService', 'tellService']);
  });

  test('a rejected email ends after one call', () => {
    const walk = begin(email).take(sendDone({ outcome: 'rejected', attempt: 1, provider: 'ses', reason: 'no' }));
    expect(walk.state).toBe('technical-failure');
    expect(walk.context['attempts']).toBe(1);
  });

  test.each([
    ['sms', [0, ...Array.from({ length: 47 }, () => 300_000)]],
    ['email', Array.from({ length: 48 }, () => 300_000)],
  ] as const)(
    'an %s that fails 49 times is called 49 times, at the retry delays, and is a technical failure',
    (notificationType, delays) => {
      const walk = begin({ notificationType });
      const waited: (number | null)[] = [];
      for (let attempt = 1; attempt <= 48; attempt++) {
        waited.push(walk.take(sendDone(failed(attempt))).armedDelay);
        expect(walk.take(retryDue).last.begun).toMatchObject({ input: { attempt: attempt + 1 } });
      }
      walk.take(sendDone(failed(49)));
      expect(waited).toEqual(delays);
      expect(walk.state).toBe('technical-failure');
      expect(walk.last.actions).toEqual(['announceRetriesExhausted', 'tellService']);
    },
  );

  test('a failed call still tells the fragments', () => {
    expect(begin().take(sendDone(failed(1))).context['billableUnits']).toBe(2);
  });

  test('a lost outcome counts as an attempt and is tried again at once', () => {
    const walk = begin(email).take(leaseExpired);
    expect([walk.state, walk.armedDelay, walk.context['outcomeWasLost']]).toEqual(['created.backoff', 0, true]);
    expect(walk.take(retryDue).last.begun).toMatchObject({ input: { attempt: 2 } });
  });

  test('the answer of a lost attempt is honoured while no newer one has begun', () => {
    expect(begin().take(leaseExpired, sendDone(accepted(1))).state).toBe('sending.awaitingReceipt');
  });

  test('the acceptance of an earlier attempt fills in facts and leaves the newer one running', () => {
    const walk = begin().take(leaseExpired, retryDue, sendDone(accepted(1)));
    expect(walk.state).toBe('created.calling');
    expect(walk.context).toMatchObject({ sentBy: 'mmg', billableUnits: 2, attempts: 2 });
    expect(walk.last.begun).toBeNull();
  });

  test('the failure of an earlier attempt changes nothing', () => {
    const walk = begin().take(leaseExpired, retryDue, sendDone(failed(1)));
    expect(walk.state).toBe('created.calling');
  });

  test.each([
    ['calling', []],
    ['backoff', [sendDone(failed(1))]],
  ])('an operator can end it while %s', (_where, events) => {
    expect(begin().take(...events, { type: 'operator.fail' }).state).toBe('technical-failure');
  });

  test('an operator can have it tried before its time', () => {
    expect(begin().take(sendDone(failed(1)), { type: 'operator.retry' }).state).toBe('created.calling');
  });
});

describe('a time-out', () => {
  test('is set to the nightly run after 72 hours', () => {
    const walk = begin().take(sendDone(accepted()));
    expect(CREATED_AT + (walk.armedDelay ?? 0)).toBe(Date.UTC(2026, 5, 13, 23, 5));
  });

  test('ends it as a temporary failure, told to the service', () => {
    const walk = begin().take(sendDone(accepted()), timedOut);
    expect(walk.state).toBe('temporary-failure');
    expect(walk.last.actions).toEqual(['announceTimeout', 'tellService']);
  });

  test('leaves room for no later receipt', () => {
    expect(begin().take(sendDone(accepted()), timedOut, receipt('delivered')).last.accepted).toBe(false);
  });
});

describe('a test key', () => {
  test('is sending before its made-up receipt is owed', () => {
    const walk = begin(test_).take(sendDone(accepted(1, 'firetext')));
    expect(walk.state).toBe('sending.simulating');
    expect(walk.last.begun).toMatchObject({ src: 'simulateReceipt', input: { provider: 'firetext' } });
  });

  test('abroad is sent, and simulated', () => {
    expect(begin({ ...test_, ...abroad }).take(sendDone(accepted())).state).toBe('sent.simulating');
  });

  test('a made-up receipt that cannot be posted is tried again, and then given up until the time-out', () => {
    const walk = begin(test_).take(sendDone(accepted()));
    let posts = 1;
    while (walk.take({ type: 'xstate.error.actor.simulateReceipt', error: 'no' }).state === 'sending.simulatingAgain') {
      walk.take({ type: 'xstate.after.simulationRetry.notification.sending.simulatingAgain' });
      posts++;
    }
    expect([walk.state, posts]).toEqual(['sending.awaitingReceipt', 6]);
  });

  test('a made-up receipt whose posting was lost with its process is posted again', () => {
    const walk = begin(test_).take(sendDone(accepted()), leaseExpired);
    expect(walk.state).toBe('sending.simulating');
    expect(walk.last.begun).toMatchObject({ src: 'simulateReceipt' });
  });
});
