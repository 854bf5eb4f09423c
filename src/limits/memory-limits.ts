import type { KeyType } from '../messages.ts';
import { type DailyLimitType, type DailyRequest, type Limits, type Reserved, reserveForTest } from './limits.ts';
import type { DailyCounts, StoredToday } from './stored-today.ts';
import { type Bucket, fullBucket, takeToken } from './token-bucket.ts';
import { dayOf } from './utc-day.ts';

export type MemoryLimitsOptions = {
  /** Milliseconds since the epoch; its date is the UTC day. Default `Date.now`. */
  now?: () => number;
  /** What a service had sent today before this process began to count. Default: nothing. */
  storedToday?: StoredToday;
  log?: { error(facts: object, message: string): void };
};

type Counter = { day: number; count: number };

type ServiceCounters = {
  buckets: { [Key in KeyType]?: Bucket };
  /** Absent until what was sent before is known. */
  days: Record<DailyLimitType, Counter> | undefined;
  loading: Promise<void> | undefined;
};

const NOTHING: DailyCounts = { sms: 0, email: 0, letter: 0, international_sms: 0 };

/**
 * Counters of this process alone: with several processes each allows the whole limit. The day's counts outlive a restart
 * where `storedToday` is given: it is asked once for a service, and when it fails the service begins with nothing.
 */
export function memoryLimits({ now = Date.now, storedToday, log }: MemoryLimitsOptions = {}): Limits {
  const services = new Map<string, ServiceCounters>();

  const countersOf = (serviceId: string): ServiceCounters => {
    const known = services.get(serviceId);
    if (known) return known;
    const days = storedToday ? undefined : countersFrom(NOTHING, dayOf(now()));
    const counters: ServiceCounters = { buckets: {}, days, loading: undefined };
    services.set(serviceId, counters);
    return counters;
  };

  const load = async (counters: ServiceCounters, serviceId: string): Promise<void> => {
    const day = dayOf(now());
    let counts = NOTHING;
    try {
      if (storedToday) counts = await storedToday(serviceId);
    } catch (error) {
      log?.error(
        { err: error, service_id: serviceId },
        'What was sent today is not known: daily limits count from now',
      );
    }
    counters.days = countersFrom(counts, day);
    counters.loading = undefined;
  };

  const reserve = (counters: ServiceCounters, request: DailyRequest): Reserved | Promise<Reserved> => {
    if (request.keyType === 'test') return reserveForTest(request);
    if (counters.days) return reservePlace(counters.days[request.type], dayOf(now()), request.limit);
    counters.loading ??= load(counters, request.serviceId);
    return counters.loading.then(() => reserve(counters, request));
  };

  return {
    take: (request) => {
      const { keyType, ratePerMinute } = request;
      const counters = countersOf(request.serviceId);
      const seconds = now() / 1000;
      counters.buckets[keyType] ??= fullBucket(ratePerMinute, seconds);
      if (!takeToken(counters.buckets[keyType], ratePerMinute, seconds)) return { outcome: 'over-rate' };
      return reserve(counters, request);
    },
    reserveDaily: (request) => reserve(countersOf(request.serviceId), request),
  };
}

function countersFrom(counts: DailyCounts, day: number): Record<DailyLimitType, Counter> {
  return {
    sms: { day, count: counts.sms },
    email: { day, count: counts.email },
    letter: { day, count: counts.letter },
    international_sms: { day, count: counts.international_sms },
  };
}

/** A place is given back to the day that it was taken from. */
function reservePlace(counter: Counter, day: number, limit: number): Reserved {
  if (counter.day !== day) {
    counter.day = day;
    counter.count = 0;
  }
  if (counter.count >= limit) return { outcome: 'over-daily', count: counter.count };
  counter.count++;
  return {
    outcome: 'taken',
    release: () => {
      if (counter.day === day) counter.count--;
    },
  };
}
