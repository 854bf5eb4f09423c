import { Agent, type Dispatcher, interceptors, request } from 'undici';
import type { CallbackContext, CallbackOutcome } from '../../machines/delivery-status-callback.machine.ts';
import type { CallbackCall } from '../actors/delivery-status-callback.ts';
import type { EffectRun } from '../runtime/actor-type.ts';

const FUNCTION = 'send_delivery_status_to_service';
/** A receiver has this long to answer in full. Source: workflows 6.2. */
const TIMEOUT_MS = 5000;
const MAX_REDIRECTS = 5;
const MAX_ANSWER_BYTES = 64 * 1024;

type Log = { info(facts: object, message: string): void; warn(facts: object, message: string): void };

/** Connections to services' servers, kept open between calls; close it at the end of the process. */
export function callbackAgent(): Dispatcher {
  return new Agent({ connections: 50, keepAliveTimeout: 10_000, connect: { timeout: TIMEOUT_MS } }).compose(
    interceptors.redirect({ maxRedirections: MAX_REDIRECTS }),
  );
}

/** One call to a service's server. Source: workflows 1.6 and 6.2, log lines included. */
export function postCallback(dispatcher: Dispatcher, log: Log) {
  return async (
    _input: { attempt: number },
    { context, payload }: EffectRun<CallbackContext, CallbackCall>,
  ): Promise<CallbackOutcome> => {
    const { url, bearerToken, body, requestId } = await payload();
    const id = context.notificationId;
    const facts = { notification_id: id, service_callback_url: url, request_id: requestId };
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearerToken}` },
        body: JSON.stringify(body),
        dispatcher,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body.dump({ limit: MAX_ANSWER_BYTES });
      const status = response.statusCode;
      log.info({ ...facts, status_code: status }, `${FUNCTION} sending ${id} to ${url}, response ${status}`);
      return outcomeOf(status, facts);
    } catch (error) {
      return failed(error instanceof Error ? error.name : 'Error', facts);
    }
  };

  function outcomeOf(
    status: number,
    facts: { notification_id: string; service_callback_url: string },
  ): CallbackOutcome {
    if (status < 400) return { outcome: 'taken', status };
    if (status === 429 || status >= 500) return failed(`HTTP ${status}`, facts);
    log.warn(facts, requestFailed(`HTTP ${status}`, facts));
    log.warn(facts, `${FUNCTION} callback is not being retried ${where(facts)}. exception: HTTP ${status}`);
    return { outcome: 'refused', status, reason: `HTTP ${status}` };
  }

  function failed(reason: string, facts: { notification_id: string; service_callback_url: string }): CallbackOutcome {
    log.warn(facts, requestFailed(reason, facts));
    return { outcome: 'try-later', reason };
  }
}

function requestFailed(reason: string, facts: { notification_id: string; service_callback_url: string }): string {
  return `${FUNCTION} request failed ${where(facts)}. exception: ${reason}`;
}

function where({
  notification_id,
  service_callback_url,
}: {
  notification_id: string;
  service_callback_url: string;
}): string {
  return `for notification_id: ${notification_id} and url: ${service_callback_url}`;
}

/** The last line of a callback that nobody took. Source: workflows 1.6. */
export function exhaustedLine(url: string, notificationId: string): string {
  return `Retry: ${FUNCTION} has retried the max num of times for callback url ${url} and notification_id: ${notificationId}`;
}
