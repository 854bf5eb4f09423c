/** The newest entries of a stream, within a number of entries and a total size. */
export type BoundedLog<Entry> = {
  add(entry: Entry): void;
  /** Newest first. */
  entries(): Entry[];
  clear(): void;
};

/** @param sizeOf of an entry, in characters. The newest entry is kept whatever its size. */
export function boundedLog<Entry>(
  limits: { maxEntries: number; maxCharacters: number },
  sizeOf: (entry: Entry) => number,
): BoundedLog<Entry> {
  const kept = new Map<number, Entry>();
  let oldest = 0;
  let next = 0;
  let characters = 0;

  const dropOldest = (): void => {
    const entry = kept.get(oldest);
    if (entry !== undefined) characters -= sizeOf(entry);
    kept.delete(oldest);
    oldest += 1;
  };

  return {
    add: (entry) => {
      kept.set(next, entry);
      next += 1;
      characters += sizeOf(entry);
      while (kept.size > limits.maxEntries || (characters > limits.maxCharacters && kept.size > 1)) dropOldest();
    },
    entries: () => [...kept.values()].reverse(),
    clear: () => {
      kept.clear();
      oldest = next;
      characters = 0;
    },
  };
}
