import type { KeyType } from '../messages.ts';

export type DailyLimitType = 'sms' | 'email' | 'letter' | 'international_sms';

export type DailyRequest = {
  serviceId: string;
  keyType: KeyType;
  type: DailyLimitType;
  /** Messages in a UTC day. */
  limit: number;
};

/** A place in today's count, held from the check on so that concurrent requests cannot overshoot. */
export type DailyPlace =
  | {
      allowed: true;
      /** Gives the place back when no message was stored after all. Call at most once. */
      release(): void;
    }
  | { allowed: false; count: number };

/** Counters of what services send (public-api 4.2). */
export type Limits = {
  /** One request of the service and key type, all channels together; false when there were too many. */
  takeToken(serviceId: string, keyType: KeyType, ratePerMinute: number): boolean;
  /** Test keys are checked and never counted. */
  reserveDaily(request: DailyRequest): DailyPlace;
};

/** Allows everything. */
export const noLimits: Limits = {
  takeToken: () => true,
  reserveDaily: () => ({ allowed: true, release: () => {} }),
};
