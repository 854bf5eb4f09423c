import type { DailyPlace, DailyRequest, Limits } from './limits.ts';

export type MemoryLimitsOptions = {
  /** Milliseconds since the epoch; its date is the UTC day. Default `Date.now`. */
  now?: () => number;
};

type Bucket = { tokens: number; replenishedAt: number };

const SECONDS_A_MINUTE = 60;
/** Tokens. Source: public-api 4.2. */
const LARGEST_BUCKET = 1000;
const DAY_MS = 86_400_000;

/** Counters of this process alone: with several processes each allows the whole limit. Lost at a restart. */
export function memoryLimits({ now = Date.now }: MemoryLimitsOptions = {}): Limits {
  const buckets = new Map<string, Bucket>();
  let counts = new Map<string, number>();
  let today = -1;

  const countsOfToday = (): Map<string, number> => {
    const day = Math.floor(now() / DAY_MS);
    if (day !== today) {
      today = day;
      counts = new Map();
    }
    return counts;
  };

  return {
    takeToken: (serviceId, keyType, ratePerMinute) => {
      const key = `${serviceId}-${keyType}`;
      const bucket = take(buckets.get(key), ratePerMinute, now() / 1000);
      buckets.set(key, bucket);
      return bucket.tokens >= 1;
    },
    reserveDaily: (request) => reserve(countsOfToday(), request),
  };
}

/** One step of the token bucket. Only whole tokens are added, and their fraction of time is not lost. */
function take(bucket: Bucket | undefined, ratePerMinute: number, nowSeconds: number): Bucket {
  const capacity = Math.max(0, Math.min(Math.ceil(ratePerMinute / 3) + 1, LARGEST_BUCKET));
  if (bucket === undefined) return { tokens: Math.max(capacity - 1, 0), replenishedAt: nowSeconds };
  const elapsed = Math.max(0, nowSeconds - bucket.replenishedAt);
  const added = Math.floor((elapsed * ratePerMinute) / SECONDS_A_MINUTE);
  return {
    tokens: Math.max(Math.min(bucket.tokens + added, capacity) - 1, 0),
    replenishedAt:
      added === 0 ? bucket.replenishedAt : bucket.replenishedAt + (added * SECONDS_A_MINUTE) / ratePerMinute,
  };
}

function reserve(counts: Map<string, number>, { serviceId, keyType, type, limit }: DailyRequest): DailyPlace {
  if (keyType === 'test') return limit < 1 ? { allowed: false, count: 0 } : { allowed: true, release: () => {} };
  const key = `${serviceId}-${type}`;
  const count = counts.get(key) ?? 0;
  if (count + 1 > limit) return { allowed: false, count };
  counts.set(key, count + 1);
  return { allowed: true, release: () => counts.set(key, (counts.get(key) ?? 1) - 1) };
}
