import { Counter, Histogram, type Registry } from 'prom-client';
import type { FailOpen } from '../limits/fail-open.ts';
import type { DailyRequest, Limits, Reserved, Taken } from '../limits/limits.ts';
import { DURATION_BUCKETS, MS_A_SECOND } from './buckets.ts';

export type LimitMeter = {
  /** The limits, with refusals counted. */
  limits(limits: Limits): Limits;
  /** What guards a store of counters, with its failures counted. */
  guard(store: 'Redis' | 'PostgreSQL', guard: FailOpen): FailOpen;
};

/** Refusals for a limit's sake, and how the store behind the limits does. */
export function limitMeter(registry: Registry): LimitMeter {
  const refusals = new Counter({
    name: 'rate_limit_refusals_total',
    help: 'Requests over the limit of a minute or of a day',
    labelNames: ['limit', 'notification_type', 'key_type'],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'limit_counter_failures_total',
    help: 'Times that limits could not be counted, so that all was let through',
    labelNames: ['store'],
    registers: [registry],
  });
  const note = ({ type, keyType }: DailyRequest, { outcome }: Taken): void => {
    if (outcome === 'taken') return;
    refusals.labels(outcome === 'over-rate' ? 'minute' : 'day', type, keyType).inc();
  };
  const noting = <Answer extends Taken>(request: DailyRequest, answer: Answer | Promise<Answer>) => {
    if (answer instanceof Promise) {
      return answer.then((settled) => {
        note(request, settled);
        return settled;
      });
    }
    note(request, answer);
    return answer;
  };

  return {
    limits: (limits) => ({
      take: (request) => noting<Taken>(request, limits.take(request)),
      reserveDaily: (request) => noting<Reserved>(request, limits.reserveDaily(request)),
    }),
    guard: (store, guard) => {
      const failed = failures.labels(store);
      failed.inc(0);
      const taken = store === 'Redis' ? redisDurations(registry) : null;
      return async (operation, key, work) => {
        const begun = performance.now();
        const answer = await guard(operation, key, work);
        if (answer === null) failed.inc();
        else if (operation === 'take') taken?.observe((performance.now() - begun) / MS_A_SECOND);
        return answer;
      };
    },
  };
}

function redisDurations(registry: Registry): Histogram {
  return new Histogram({
    name: 'redis_exceeded_rate_limit_duration_seconds',
    help: 'Asking Redis whether a request is over a limit',
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
}
