import type { KeyType } from '../messages.ts';
import type { DailyLimitType } from './limits.ts';

export type BucketTake = { serviceId: string; keyType: KeyType; ratePerMinute: number };

/** A day's count of a service. */
export type DayCount = {
  serviceId: string;
  type: DailyLimitType;
  /** UTC, `YYYY-MM-DD`. */
  date: string;
};

export type DayTake = DayCount & { limit: number };

export type DayAnswer =
  | { outcome: 'taken' }
  | { outcome: 'over-daily'; count: number }
  /** Nothing is known of the day: it is its first message, or the count was lost. It must be begun first. */
  | { outcome: 'unknown' };

/** Counters that several processes share. Every method rejects when they cannot be reached. */
export type SharedCounters = {
  /** A token, and then, if there was one, a place in the day; the token alone where `day` is null. */
  take(bucket: BucketTake, day: DayTake | null): Promise<DayAnswer | { outcome: 'over-rate' }>;
  reserve(day: DayTake): Promise<DayAnswer>;
  /** Has an unknown day begin with a count; a day that somebody else has begun stays as it is. */
  begin(day: DayCount, count: number): Promise<void>;
  release(day: DayCount): Promise<void>;
};

/** Source: public-api 4.2. */
export function bucketKey({ serviceId, keyType }: Pick<BucketTake, 'serviceId' | 'keyType'>): string {
  return `${serviceId}-tokens-${keyType}`;
}

/** Source: public-api 4.2. */
export function dayKey({ serviceId, type, date }: DayCount): string {
  return `${serviceId}-${type}-${date}-count`;
}
