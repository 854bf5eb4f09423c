import { describe, expect, test } from '@jest/globals';
import { smsBalanceMachine } from '../../machines/sms-balance.machine.ts';
import { CREATED_AT, leaseExpired, Walk } from './walk.ts';

const HOUR_MS = 3_600_000;
const begin = () => new Walk(smsBalanceMachine, { startedAt: CREATED_AT });
const checkDue = { type: 'xstate.after.checkInterval.sms-balance.watching' };
const checked = { type: 'xstate.done.actor.checkProviders' };
const failing = { type: 'provider.failing', provider: 'mmg' };

describe('a watch over text providers', () => {
  test('looks every minute', () => {
    expect([begin().state, begin().armedDelay]).toEqual(['watching', 60_000]);
    const walk = begin().take(checkDue);
    expect(walk.last.begun).toMatchObject({ src: 'checkProviders' });
    expect([walk.take(checked).state, walk.armedDelay]).toEqual(['watching', 60_000]);
  });

  test('lets weights rest at every fifth look', () => {
    const walk = begin();
    const rests = Array.from({ length: 10 }, () => {
      const { input } = walk.take(checkDue).last.begun as { input: { isRestDue: boolean } };
      walk.take(checked);
      return input.isRestDue;
    });
    expect(rests.flatMap((isRestDue, look) => (isRestDue ? [look + 1] : []))).toEqual([5, 10]);
  });

  test('a provider that fails loses weight at once; a second report meanwhile counts for nothing', () => {
    const walk = begin().take(failing);
    expect(walk.last.begun).toMatchObject({ src: 'reduceProvider', input: { provider: 'mmg' } });
    expect(walk.take(failing).last.accepted).toBe(false);
    walk.take({ type: 'xstate.done.actor.reduceProvider' });
    expect([walk.state, walk.context['failing']]).toEqual(['watching', null]);
  });

  test.each([
    ['a look that broke', [checkDue, { type: 'xstate.error.actor.checkProviders', error: 'no' }]],
    ['a look whose process died', [checkDue, leaseExpired]],
    ['a reduction that broke', [failing, { type: 'xstate.error.actor.reduceProvider', error: 'no' }]],
    ['a reduction whose process died', [failing, leaseExpired]],
  ])('goes on after %s', (_what, events) => {
    expect(begin().take(...events).state).toBe('watching');
  });

  test('is over after an hour', () => {
    const walk = begin().take(checkDue, { ...checked, at: CREATED_AT + HOUR_MS - 1 }, checkDue);
    expect(walk.state).toBe('checking');
    walk.take({ ...checked, at: CREATED_AT + HOUR_MS });
    expect([walk.state, walk.last.done]).toEqual(['over', true]);
  });
});
