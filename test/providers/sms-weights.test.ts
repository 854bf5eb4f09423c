import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reducedWeights, restingWeights, type SmsWeight } from '../../src/providers/sms-weights.ts';

const weights = (priorities: Record<string, number>): SmsWeight[] =>
  Object.entries(priorities).map(([identifier, priority]) => ({ identifier, priority }));
const shown = (found: readonly SmsWeight[] | null) =>
  found && Object.fromEntries(found.map(({ identifier, priority }) => [identifier, priority]));

describe('a provider that does badly', () => {
  test.each([
    [
      { mmg: 60, firetext: 40 },
      { mmg: 50, firetext: 50 },
    ],
    [
      { mmg: 5, firetext: 95 },
      { mmg: 0, firetext: 100 },
    ],
    [
      { mmg: 0, firetext: 100 },
      { mmg: 0, firetext: 100 },
    ],
    [
      { mmg: 150, firetext: 50 },
      { mmg: 140, firetext: 60 },
    ],
    [
      { mmg: -100, firetext: 50 },
      { mmg: 0, firetext: 60 },
    ],
    [
      { mmg: 40, firetext: 40, reach: 20 },
      { mmg: 30, firetext: 47, reach: 23 },
    ],
    [
      { mmg: 100, firetext: 0, reach: 0 },
      { mmg: 90, firetext: 5, reach: 5 },
    ],
  ])('%j becomes %j', (before, after) => {
    expect(shown(reducedWeights(weights(before), 'mmg'))).toEqual(after);
  });

  test('never takes others beyond 100, and gives away ten in all', () => {
    const priority = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(priority, priority, priority, (mmg, firetext, reach) => {
        const after = shown(reducedWeights(weights({ mmg, firetext, reach }), 'mmg'));
        expect((after?.['firetext'] ?? 0) + (after?.['reach'] ?? 0)).toBe(firetext + reach + 10);
      }),
    );
  });
});

describe('at rest', () => {
  test.each([
    [
      { mmg: 10, firetext: 20 },
      { mmg: 20, firetext: 30 },
    ],
    [
      { mmg: 60, firetext: 40 },
      { mmg: 51, firetext: 49 },
    ],
    [
      { mmg: 51, firetext: 49 },
      { mmg: 51, firetext: 49 },
    ],
    [
      { mmg: 100, firetext: 0 },
      { mmg: 90, firetext: 10 },
    ],
  ])('%j moves to %j', (before, after) => {
    expect(shown(restingWeights(weights(before)))).toEqual(after);
  });

  test('nothing moves where not just those that have resting points are active', () => {
    expect(restingWeights(weights({ mmg: 10 }))).toBeNull();
    expect(restingWeights(weights({ mmg: 10, firetext: 10, reach: 10 }))).toBeNull();
  });
});
