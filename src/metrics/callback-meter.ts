import { Counter, Histogram, type Registry } from 'prom-client';
import type { CallbackOutcome } from '../../machines/service-callback.machine.ts';
import { DURATION_BUCKETS, MS_A_SECOND } from './buckets.ts';

type Post<Rest extends unknown[]> = (input: { attempt: number }, ...rest: Rest) => Promise<CallbackOutcome>;

export type CallbackMeter = {
  /** The effect, with its calls timed and its retries counted. */
  post<Rest extends unknown[]>(post: Post<Rest>): Post<Rest>;
};

/** Calls to services' own servers. Source: workflows 8.2. */
export function callbackMeter(registry: Registry): CallbackMeter {
  const calls = new Histogram({
    name: 'service_callback_forward_duration_seconds',
    help: "Calls to services' servers, by what came of them",
    labelNames: ['outcome'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  const retries = new Counter({
    name: 'service_callback_retries_total',
    help: "Calls to services' servers after a callback's first",
    registers: [registry],
  });
  return {
    post:
      (post) =>
      async (input, ...rest) => {
        if (input.attempt > 1) retries.inc();
        const begun = performance.now();
        const outcome = await post(input, ...rest);
        calls.labels(outcome.outcome).observe((performance.now() - begun) / MS_A_SECOND);
        return outcome;
      },
  };
}
