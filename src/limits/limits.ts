import type { KeyType } from '../messages.ts';

export type DailyLimitType = 'sms' | 'email' | 'letter' | 'international_sms';

export type DailyRequest = {
  serviceId: string;
  keyType: KeyType;
  type: DailyLimitType;
  /** Messages in a UTC day. */
  limit: number;
};

export type TakeRequest = DailyRequest & {
  /** Requests of the service and key type, all channels together. */
  ratePerMinute: number;
};

/** A place in today's count, held from the check on so that concurrent requests cannot overshoot. */
export type Place = {
  outcome: 'taken';
  /** Gives the place back when no message was stored after all. Call at most once; never throws. */
  release(): void;
};

export type Reserved = Place | { outcome: 'over-daily'; count: number };
export type Taken = Reserved | { outcome: 'over-rate' };

/**
 * Counters of what services send (public-api 4.2). An answer comes at once where the counters are in this process, else
 * as a promise; await promises only, since most answers are not. Nothing is refused because counters cannot be reached.
 */
export type Limits = {
  /** One request and one message: a token of the minute first and then, if there was one, a place in the day. */
  take(request: TakeRequest): Taken | Promise<Taken>;
  /** A place in the day alone. Test keys are checked and never counted. */
  reserveDaily(request: DailyRequest): Reserved | Promise<Reserved>;
};

/** A place that nobody counts. */
export const UNCOUNTED: Place = { outcome: 'taken', release: () => {} };

/** Allows everything. */
export const noLimits: Limits = { take: () => UNCOUNTED, reserveDaily: () => UNCOUNTED };

/** What a test key gets: checked against a count that nothing increments. */
export function reserveForTest({ limit }: Pick<DailyRequest, 'limit'>): Reserved {
  return limit < 1 ? { outcome: 'over-daily', count: 0 } : UNCOUNTED;
}
