/** Times in seconds. */
export type Bucket = { tokens: number; replenishedAt: number };

const SECONDS_A_MINUTE = 60;
/** Tokens. Source: public-api 4.2. */
const LARGEST_BUCKET = 1000;

/** Tokens in a full bucket; one fewer pass at one instant. */
export function bucketCapacity(ratePerMinute: number): number {
  return Math.max(0, Math.min(Math.ceil(ratePerMinute / 3) + 1, LARGEST_BUCKET));
}

export function fullBucket(ratePerMinute: number, nowSeconds: number): Bucket {
  return { tokens: bucketCapacity(ratePerMinute), replenishedAt: nowSeconds };
}

/**
 * One step of the token bucket, in place; false when there were too many. Only whole tokens are added, and their
 * fraction of time is not lost. Source: public-api 4.2.
 */
export function takeToken(bucket: Bucket, ratePerMinute: number, nowSeconds: number): boolean {
  const elapsed = Math.max(0, nowSeconds - bucket.replenishedAt);
  const added = Math.floor((elapsed * ratePerMinute) / SECONDS_A_MINUTE);
  if (added > 0) bucket.replenishedAt += (added * SECONDS_A_MINUTE) / ratePerMinute;
  bucket.tokens = Math.max(Math.min(bucket.tokens + added, bucketCapacity(ratePerMinute)) - 1, 0);
  return bucket.tokens >= 1;
}
