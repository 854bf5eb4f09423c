import { Counter, Histogram, type Registry } from 'prom-client';
import type { SendOutcome } from '../../machines/notification.types.ts';
import type { ProviderAnswer } from '../providers/provider.ts';
import { DURATION_BUCKETS, MS_A_SECOND } from './buckets.ts';

type Attempt = { attempt: number };
type About = { context: { notificationType: string; keyType: string; createdAt: number }; at: number };
type Send<Run extends About> = (input: Attempt, run: Run) => Promise<SendOutcome>;
type Client<Request> = { name: string; send(request: Request): Promise<ProviderAnswer> };

export type SendMeter = {
  /** The client, with its calls timed. */
  provider<Request, Provider extends Client<Request>>(provider: Provider & Client<Request>): Provider;
  /** The effect, with its retries counted, and the time from a message's creation until a provider has it. */
  send<Run extends About>(send: Send<Run>): Send<Run>;
  /** No receipt came in three days; `provider` is null where none is known. */
  timedOut(provider: string | null): void;
};

/** Emails and texts on their way out. Source: workflows 8.2. */
export function sendMeter(registry: Registry): SendMeter {
  const registers = [registry];
  const requests = new Histogram({
    name: 'provider_request_duration_seconds',
    help: 'Calls to providers: accepted, failed (tried again) or rejected (never accepted)',
    labelNames: ['provider', 'outcome'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const handOvers = new Histogram({
    name: 'notification_send_duration_seconds',
    help: 'From the creation of a message until a provider has it, or, for a test key, would have it',
    labelNames: ['notification_type', 'key_type'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const retries = new Counter({
    name: 'notification_send_retries_total',
    help: 'Attempts to send a message after its first',
    labelNames: ['notification_type'],
    registers,
  });
  const timeOuts = new Counter({
    name: 'timeout_sending_total',
    help: 'Messages for which no receipt came in time',
    labelNames: ['provider'],
    registers,
  });

  return {
    provider: (provider) => {
      const series = {
        accepted: requests.labels(provider.name, 'accepted'),
        failed: requests.labels(provider.name, 'failed'),
        rejected: requests.labels(provider.name, 'rejected'),
      };
      const send: typeof provider.send = async (request) => {
        const begun = performance.now();
        const answer = await provider.send(request);
        series[answer.outcome].observe((performance.now() - begun) / MS_A_SECOND);
        return answer;
      };
      return { ...provider, send };
    },
    send: (send) => async (input, run) => {
      const { notificationType, keyType, createdAt } = run.context;
      if (input.attempt > 1) retries.labels(notificationType).inc();
      const begun = performance.now();
      const outcome = await send(input, run);
      if (outcome.outcome === 'accepted') {
        const durationMs = run.at - createdAt + performance.now() - begun;
        handOvers.labels(notificationType, keyType).observe(Math.max(0, durationMs) / MS_A_SECOND);
      }
      return outcome;
    },
    timedOut: (provider) => timeOuts.labels(provider ?? 'unknown').inc(),
  };
}
