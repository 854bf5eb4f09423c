/** How long values live and how many; `now` is in milliseconds on any scale that does not run backwards. */
export type TtlCacheOptions = { ttlMs: number; max: number; now: () => number };

type Entry<V> = { value: V; expiresAt: number };

export type TtlCache<V> = {
  /** The value at once when it is fresh, else a promise of it. Callers that miss together share one load. */
  get(key: string, load: () => Promise<V>): V | Promise<V>;
  /** Forgets the value, and has a load that is under way answer its callers without being kept. */
  delete(key: string): void;
  /** `delete` for every key that starts with `prefix`. Looks at every key. */
  deletePrefix(prefix: string): void;
  readonly size: number;
};

/** In-process cache of loaded values, bounded by age and by least recent use. Failed loads are not kept. */
export function ttlCache<V>({ ttlMs, max, now }: TtlCacheOptions): TtlCache<V> {
  // A Map iterates in insertion order, so moving each hit to the end keeps the least recently used first.
  const entries = new Map<string, Entry<V>>();
  const loading = new Map<string, Promise<V>>();

  const keep = (key: string, value: V): void => {
    entries.delete(key);
    entries.set(key, { value, expiresAt: now() + ttlMs });
    if (entries.size <= max) return;
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      return;
    }
  };

  const startLoad = (key: string, load: () => Promise<V>): Promise<V> => {
    const started = load().then(
      (value) => {
        if (loading.get(key) === started) {
          loading.delete(key);
          keep(key, value);
        }
        return value;
      },
      (error: unknown) => {
        if (loading.get(key) === started) loading.delete(key);
        throw error;
      },
    );
    loading.set(key, started);
    return started;
  };

  const forget = (key: string): void => {
    entries.delete(key);
    loading.delete(key);
  };

  return {
    get: (key, load) => {
      const entry = entries.get(key);
      if (entry !== undefined && entry.expiresAt > now()) {
        entries.delete(key);
        entries.set(key, entry);
        return entry.value;
      }
      return loading.get(key) ?? startLoad(key, load);
    },
    delete: forget,
    deletePrefix: (prefix) => {
      for (const key of [...entries.keys(), ...loading.keys()]) if (key.startsWith(prefix)) forget(key);
    },
    get size() {
      return entries.size;
    },
  };
}
