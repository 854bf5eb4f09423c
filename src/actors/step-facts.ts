import type { Moment } from '../runtime/actor-type.ts';

/** What a log line says of a message's step. */
export function stepFacts({ id, context, event, from, to }: Moment<{ serviceId: string; attempts: number }>) {
  return {
    notification_id: id,
    service_id: context.serviceId,
    attempt: context.attempts,
    event_type: event.type,
    from_state: from,
    to_state: to,
  };
}
