import { describe, expect, test } from '@jest/globals';
import { chooseProvider, type ProviderCandidate } from '../../src/providers/choose-provider.ts';

const candidate = (identifier: string, priority: number, changes: Partial<ProviderCandidate> = {}) => ({
  identifier,
  priority,
  active: true,
  supportsInternational: identifier === 'mmg',
  ...changes,
});
const home = { international: false };

/** How often each is chosen when the draw takes 1,000 values spread evenly over [0, 1). */
function shares(candidates: ProviderCandidate[], to = home): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let draw = 0; draw < 1_000; draw += 1) {
    const chosen = chooseProvider(candidates, to, () => draw / 1_000) ?? 'none';
    counts[chosen] = (counts[chosen] ?? 0) + 1;
  }
  return counts;
}

describe('selection', () => {
  test('several active providers are drawn in the ratio of their weights', () => {
    expect(shares([candidate('mmg', 25), candidate('firetext', 75)])).toEqual({ mmg: 250, firetext: 750 });
    expect(shares([candidate('mmg', 10), candidate('firetext', 20), candidate('reach', 70)])).toEqual({
      mmg: 100,
      firetext: 200,
      reach: 700,
    });
  });

  test('a provider of weight 0 beside others is never drawn', () => {
    expect(shares([candidate('mmg', 0), candidate('firetext', 30)])).toEqual({ firetext: 1_000 });
    expect(shares([candidate('mmg', 30), candidate('firetext', 0)])).toEqual({ mmg: 1_000 });
  });

  test('the only active provider is used whatever its weight', () => {
    expect(shares([candidate('mmg', 0), candidate('firetext', 100, { active: false })])).toEqual({ mmg: 1_000 });
  });

  test('if all weights are 0 each is as likely', () => {
    expect(shares([candidate('mmg', 0), candidate('firetext', 0)])).toEqual({ mmg: 500, firetext: 500 });
  });

  test('an international message goes only to a provider that supports it', () => {
    expect(shares([candidate('mmg', 1), candidate('firetext', 99)], { international: true })).toEqual({ mmg: 1_000 });
  });

  test.each([
    ['no provider', [], false],
    ['none active', [candidate('mmg', 50, { active: false })], false],
    ['none international', [candidate('firetext', 50)], true],
  ])('%s: nothing to choose', (_, candidates, international) => {
    expect(chooseProvider(candidates, { international }, () => 0)).toBeNull();
  });

  test('a draw that rounding carries past the end falls to the last provider with a weight', () => {
    expect(
      chooseProvider([candidate('mmg', 50), candidate('firetext', 50), candidate('reach', 0)], home, () => 1),
    ).toBe('firetext');
  });
});
