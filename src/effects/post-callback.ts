import { type Dispatcher, request } from 'undici';
import type { CallbackContext, CallbackOutcome } from '../../machines/service-callback.machine.ts';
import type { CallbackCall } from '../actors/callback.ts';
import { fieldsOf } from '../providers/fields.ts';
import type { EffectRun } from '../runtime/actor-type.ts';
import { callbackLines } from './callback-lines.ts';

/** A receiver has this long to answer in full. Source: workflows 6.2. */
export const CALLBACK_TIMEOUT_MS = 5000;
const MAX_ANSWER_BYTES = 64 * 1024;

type Log = { info(facts: object, message: string): void; warn(facts: object, message: string): void };
type WantedCall = Extract<CallbackCall, { isWanted: true }>;

/** One call to a service's server. Source: workflows 1.6 and 6.2, log lines included. */
export function postCallback(dispatcher: Dispatcher, log: Log) {
  return async (
    _input: { attempt: number },
    { payload }: Pick<EffectRun<CallbackContext, CallbackCall>, 'payload'>,
  ): Promise<CallbackOutcome> => {
    const call = await payload();
    return call.isWanted ? post(dispatcher, log, call) : { outcome: 'not-wanted' };
  };
}

async function post(dispatcher: Dispatcher, log: Log, call: WantedCall): Promise<CallbackOutcome> {
  const { url, bearerToken, body, requestId } = call;
  const lines = callbackLines(call.subject);
  const facts = { ...lines.facts, service_callback_url: url, request_id: requestId };
  const failed = (reason: string): CallbackOutcome => {
    log.warn(facts, lines.failed(url, reason));
    return { outcome: 'try-later', reason };
  };
  try {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearerToken}` },
      body: JSON.stringify(body),
      dispatcher,
      signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS),
    });
    await response.body.dump({ limit: MAX_ANSWER_BYTES });
    const status = response.statusCode;
    log.info({ ...facts, status_code: status }, lines.answered(url, status));
    if (status < 400) return { outcome: 'taken', status };
    const reason = `HTTP ${status}`;
    if (status === 429 || status >= 500) return failed(reason);
    log.warn(facts, lines.failed(url, reason));
    log.warn(facts, lines.notRetried(url, reason));
    return { outcome: 'refused', status, reason };
  } catch (error) {
    return failed(nameOf(error));
  }
}

/** The system's own word where there is one, such as `ECONNREFUSED`: errors of sockets have no better name than `Error`. */
function nameOf(error: unknown): string {
  const { name, code } = fieldsOf(error);
  if (typeof name === 'string' && name !== 'Error' && name !== 'AggregateError') return name;
  return typeof code === 'string' ? code : 'Error';
}
