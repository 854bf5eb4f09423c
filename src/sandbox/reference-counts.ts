/** How often each reference was seen, for the newest references at least. */
export type ReferenceCounts = {
  /** Returns how often the reference has been seen now. */
  count(reference: string): number;
  timesSeen(reference: string): number;
  /** `repeated`: how many references were seen more than once. Both count since the last `clear`. */
  totals(): { references: number; repeated: number };
  clear(): void;
};

/**
 * Holds between `generationSize` and twice that many references: a full generation replaces the one before it, which
 * costs less than finding the oldest one each time.
 */
export function referenceCounts(generationSize = 200_000): ReferenceCounts {
  let current = new Map<string, number>();
  let previous = new Map<string, number>();
  let references = 0;
  let repeated = 0;

  const timesSeen = (reference: string): number => current.get(reference) ?? previous.get(reference) ?? 0;

  return {
    timesSeen,
    count: (reference) => {
      const times = timesSeen(reference) + 1;
      if (times === 1) references += 1;
      if (times === 2) repeated += 1;
      current.set(reference, times);
      if (current.size >= generationSize) {
        previous = current;
        current = new Map();
      }
      return times;
    },
    totals: () => ({ references, repeated }),
    clear: () => {
      current = new Map();
      previous = new Map();
      references = 0;
      repeated = 0;
    },
  };
}
