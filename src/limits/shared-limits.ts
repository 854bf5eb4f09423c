import type { FailOpen } from './fail-open.ts';
import { type DailyRequest, type Limits, type Reserved, reserveForTest, type Taken, UNCOUNTED } from './limits.ts';
import { bucketKey, type DayAnswer, type DayTake, dayKey, type SharedCounters } from './shared-counters.ts';
import type { StoredToday } from './stored-today.ts';
import { dateOf, dayOf } from './utc-day.ts';

export type SharedLimitsParts = {
  counters: SharedCounters;
  failOpen: FailOpen;
  /** What a day begins with whose count is not known. */
  storedToday: StoredToday;
  /** Milliseconds since the epoch; its date is the UTC day. */
  now(): number;
  log: { error(facts: object, message: string): void };
};

/** Limits that hold over all processes with the same counters. While those cannot be reached, all is allowed. */
export function sharedLimits(parts: SharedLimitsParts): Limits {
  const { counters, failOpen } = parts;
  const today = dates(parts.now);

  return {
    take: async (request): Promise<Taken> => {
      const day = request.keyType === 'test' ? null : dayTake(request, today());
      const answer = await failOpen('take', bucketKey(request), () => counters.take(request, day));
      if (answer?.outcome === 'over-rate') return answer;
      return day === null ? reserveForTest(request) : reserved(parts, day, answer);
    },
    reserveDaily: async (request): Promise<Reserved> => {
      if (request.keyType === 'test') return reserveForTest(request);
      const day = dayTake(request, today());
      return reserved(parts, day, await failOpen('reserve', dayKey(day), () => counters.reserve(day)));
    },
  };
}

/** Null stands for counters that could not be asked. */
async function reserved(parts: SharedLimitsParts, day: DayTake, answer: DayAnswer | null): Promise<Reserved> {
  if (answer?.outcome === 'over-daily') return answer;
  if (answer?.outcome === 'taken') return { outcome: 'taken', release: () => release(parts, day) };
  if (answer === null || !(await begun(parts, day))) return UNCOUNTED;
  const again = await parts.failOpen('reserve', dayKey(day), () => parts.counters.reserve(day));
  return again?.outcome === 'unknown' ? UNCOUNTED : reserved(parts, day, again);
}

async function begun({ counters, failOpen, storedToday, log }: SharedLimitsParts, day: DayTake): Promise<boolean> {
  try {
    const counts = await storedToday(day.serviceId);
    await failOpen('begin', dayKey(day), () => counters.begin(day, counts[day.type]));
    return true;
  } catch (error) {
    log.error(
      { err: error, service_id: day.serviceId },
      'What was sent today is not known: the message is not counted',
    );
    return false;
  }
}

function release({ counters, failOpen }: SharedLimitsParts, day: DayTake): void {
  void failOpen('release', dayKey(day), () => counters.release(day));
}

function dayTake({ serviceId, type, limit }: DailyRequest, date: string): DayTake {
  return { serviceId, type, date, limit };
}

/** Today's date, written once a day. */
function dates(now: () => number): () => string {
  let day = -1;
  let date = '';
  return () => {
    const today = dayOf(now());
    if (today !== day) {
      day = today;
      date = dateOf(today);
    }
    return date;
  };
}
