import { describe, expect, test } from '@jest/globals';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { EXAMPLE_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { EXAMPLE_SERVICE_CALLBACK } from '../../src/actors/service-callback.ts';
import { leaseExpired, Walk } from './walk.ts';

const begin = () => new Walk(serviceCallbackMachine, EXAMPLE_CALLBACK);
const answered = (output: object) => ({ type: 'xstate.done.actor.postCallback', output });
const tryLater = answered({ outcome: 'try-later', reason: 'HTTP 503' });
const retryDue = { type: 'xstate.after.retryDelay.service-callback.backoff' };

describe('a callback', () => {
  test('owes its first call', () => {
    expect(begin().last.begun).toMatchObject({ src: 'postCallback', input: { attempt: 1 } });
  });

  test('any answer below 400 ends it as succeeded', () => {
    expect(begin().take(answered({ outcome: 'taken', status: 204 })).state).toBe('succeeded');
  });

  test('a 404 is not tried again', () => {
    const walk = begin().take(answered({ outcome: 'refused', status: 404, reason: 'HTTP 404' }));
    expect([walk.state, walk.last.done]).toEqual(['rejected', true]);
  });

  test.each([
    ['an answer that asks for patience', tryLater],
    ['a call that broke', { type: 'xstate.error.actor.postCallback', error: 'no' }],
  ])('after %s there are five retries, five minutes apart; then it is exhausted', (_what, event) => {
    const walk = begin();
    const delays: (number | null)[] = [];
    while (walk.take(event).state === 'backoff') {
      delays.push(walk.armedDelay);
      walk.take(retryDue);
    }
    expect(delays).toEqual([300_000, 300_000, 300_000, 300_000, 300_000]);
    expect([walk.state, walk.context['attempts']]).toEqual(['exhausted', 6]);
  });

  test('a call whose process died is made again at once', () => {
    const walk = begin().take(leaseExpired);
    expect([walk.state, walk.armedDelay]).toEqual(['backoff', 0]);
  });

  test('an operator can have it tried before its time', () => {
    expect(begin().take(tryLater, { type: 'operator.retry' }).state).toBe('calling');
  });

  test('one that the service has no address for ends as no-callback', () => {
    const walk = begin().take(answered({ outcome: 'not-wanted' }));
    expect([walk.state, walk.last.done]).toEqual(['no-callback', true]);
  });

  test('what it tells of and where stays as it was asked for', () => {
    const walk = new Walk(serviceCallbackMachine, EXAMPLE_SERVICE_CALLBACK).take(tryLater, retryDue);
    expect(walk.context).toEqual({ ...EXAMPLE_SERVICE_CALLBACK, attempts: 2 });
  });

  test.each(['succeeded', 'rejected'])('%s refuses everything', (state) => {
    const output =
      state === 'succeeded' ? { outcome: 'taken', status: 200 } : { outcome: 'refused', status: 400, reason: '' };
    const ended = begin().take(answered(output));
    for (const event of [tryLater, leaseExpired, retryDue, { type: 'operator.retry' }]) {
      expect(ended.take(event).last.accepted).toBe(false);
    }
  });
});
