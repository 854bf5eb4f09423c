/** A row of the provider table. `priority` is a weight from 0 to 100, not an order. */
export type ProviderCandidate = {
  identifier: string;
  priority: number;
  active: boolean;
  supportsInternational: boolean;
};

/**
 * Draws a provider by weight (workflows 3.6); null when none can take the message. The only candidate is used whatever
 * its weight, and where all weigh nothing each is as likely.
 *
 * @param random from 0 up to but not including 1
 */
export function chooseProvider(
  candidates: readonly ProviderCandidate[],
  { international }: { international: boolean },
  random: () => number,
): string | null {
  const able = candidates.filter(
    (candidate) => candidate.active && (candidate.supportsInternational || !international),
  );
  if (able.length < 2) return able[0]?.identifier ?? null;

  const allZero = able.every(({ priority }) => priority === 0);
  const weights = able.map(({ identifier, priority }) => ({ identifier, weight: allZero ? 1 : priority }));
  let left = random() * weights.reduce((sum, { weight }) => sum + weight, 0);
  for (const { identifier, weight } of weights) {
    if (left < weight) return identifier;
    left -= weight;
  }
  return lastWeighted(weights);
}

/** Rounding can carry a draw past the end. */
function lastWeighted(weights: readonly { identifier: string; weight: number }[]): string | null {
  return weights.findLast(({ weight }) => weight > 0)?.identifier ?? null;
}
