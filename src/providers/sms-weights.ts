/** An active text provider's share of the traffic, 0 to 100; hands may have set it beyond. */
export type SmsWeight = { identifier: string; priority: number };

/** What a weight loses when its provider does badly, and the most that one moves on its way back to rest. */
const STEP = 10;
const MOST = 100;

/** Where weights come to rest. Source: workflows 3.7. */
const RESTING_POINTS: Readonly<Record<string, number>> = { mmg: 51, firetext: 49 };

/**
 * Ten less for one, never below 0; the others get ten, shared out by what they have and never above 100. The original
 * knows two providers only (workflows 1.9).
 */
export function reducedWeights(weights: readonly SmsWeight[], identifier: string): SmsWeight[] {
  const shares = sharesOf(weights.filter((weight) => weight.identifier !== identifier));
  return weights.map(({ identifier: name, priority }) => ({
    identifier: name,
    priority: name === identifier ? Math.max(0, priority - STEP) : Math.min(MOST, priority + (shares.get(name) ?? 0)),
  }));
}

/** Each weight up to ten nearer to its resting point. Null where an active provider has none, or others have points. */
export function restingWeights(weights: readonly SmsWeight[]): SmsWeight[] | null {
  const names = weights.map(({ identifier }) => identifier);
  const total = names.reduce((sum, name) => sum + (RESTING_POINTS[name] ?? Number.NaN), 0);
  if (total !== MOST) return null;
  return weights.map(({ identifier, priority }) => {
    const distance = (RESTING_POINTS[identifier] ?? priority) - priority;
    return { identifier, priority: priority + Math.sign(distance) * Math.min(STEP, Math.abs(distance)) };
  });
}

/** Ten in whole numbers, by what each has; the largest remainders get what is left. Equal where all have nothing. */
function sharesOf(others: readonly SmsWeight[]): Map<string, number> {
  const parts = others.map(({ identifier, priority }) => ({ identifier, part: Math.max(0, priority) }));
  const sum = parts.reduce((total, { part }) => total + part, 0);
  const exact = parts.map(({ identifier, part }) => ({
    identifier,
    share: sum === 0 ? STEP / parts.length : (STEP * part) / sum,
  }));
  const whole = new Map(exact.map(({ identifier, share }) => [identifier, Math.floor(share)]));
  let left = STEP - [...whole.values()].reduce((total, share) => total + share, 0);
  const byRemainder = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1));
  for (const { identifier } of byRemainder) {
    if (left <= 0) break;
    whole.set(identifier, (whole.get(identifier) ?? 0) + 1);
    left--;
  }
  return whole;
}
