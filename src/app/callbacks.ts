import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Dispatcher } from 'undici';
import type { CallbackCall } from '../actors/callback.ts';
import { deliveryStatusCallbackActor } from '../actors/delivery-status-callback.ts';
import { serviceCallbackActor } from '../actors/service-callback.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import { loadCallbackCalls } from '../db/callback-calls.ts';
import { loadServiceCallbackCalls } from '../db/service-callback-calls.ts';
import { callbackLines } from '../effects/callback-lines.ts';
import { postCallback } from '../effects/post-callback.ts';
import type { Metrics } from '../metrics/metrics.ts';

export type CallbackActorParts = { pool: Pool; box: SecretBox; callbacks: Dispatcher; metrics: Metrics; log: Logger };

type LoadCalls = (ids: string[]) => Promise<Map<string, CallbackCall>>;

/** The kinds of callback: one chart, and one way to call; each kind has its table and knows what it posts. */
export function callbackTypes({ pool, box, callbacks, metrics, log }: CallbackActorParts) {
  const parts = (loadCalls: LoadCalls) => ({
    postCallback: metrics.callbacks.post(postCallback(callbacks, log)),
    announcements: {
      announceSuccess: () => {},
      announceRefusal: () => {},
      announceExhaustion: ({ id }: { id: string }) => tellExhaustion(loadCalls, log, id),
    },
    loadCalls,
  });
  return {
    callback: deliveryStatusCallbackActor(parts((ids) => loadCallbackCalls(pool, box, ids))),
    serviceCallback: serviceCallbackActor(parts((ids) => loadServiceCallbackCalls(pool, box, ids))),
  };
}

/** An exhausted received text is an error, anything else a warning. Source: workflows 0.3. */
function tellExhaustion(loadCalls: LoadCalls, log: Logger, id: string): void {
  loadCalls([id]).then(
    (calls) => {
      const call = calls.get(id);
      if (!call?.isWanted) return;
      const { facts, exhausted } = callbackLines(call.subject);
      const level = call.subject.task === 'send_inbound_sms_to_service' ? 'error' : 'warn';
      log[level](facts, exhausted(call.url));
    },
    (error: unknown) => log.error({ err: error, callback_id: id }, 'An exhausted callback was not read'),
  );
}
