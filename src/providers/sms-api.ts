import { Agent, request } from 'undici';
import { fieldsOf, parseJson, textField } from './fields.ts';
import { type ClientOptions, type Closable, DEFAULT_CONNECTIONS, DEFAULT_TIMEOUT_MS } from './provider.ts';

/** Bytes of a provider's answer that are read. The real ones are under a hundred. */
const MAX_RESPONSE_BYTES = 65_536;

export type ApiFailure = { outcome: 'failed'; reason: 'Request failed' | 'Invalid response JSON'; detail?: string };
export type ApiReply = { outcome: 'replied'; body: unknown } | ApiFailure;

export type SmsApi = Closable & {
  /** POSTs and reads a JSON reply; anything but a 2xx with a JSON body is a failure. Never throws. */
  post(headers: Record<string, string>, body: string): Promise<ApiReply>;
};

/**
 * The HTTP that the SMS providers share: kept-alive connections and one time-out over the whole exchange.
 * The two reasons are those of workflows 3. Throws on an invalid `url`.
 */
export function smsApi(url: string, options: ClientOptions): SmsApi {
  const endpoint = new URL(url);
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const dispatcher = new Agent({
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    maxResponseSize: MAX_RESPONSE_BYTES,
  });

  const exchange = async (headers: Record<string, string>, body: string): Promise<ApiReply> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await request(endpoint, { method: 'POST', headers, body, dispatcher, signal });
    const text = await response.body.text();
    if (response.statusCode < 200 || response.statusCode > 299) {
      return { outcome: 'failed', reason: 'Request failed', detail: `HTTP ${response.statusCode}` };
    }
    const reply = parseJson(text);
    return reply === undefined ? invalidResponseJson() : { outcome: 'replied', body: reply };
  };

  return {
    post: async (headers, body) => {
      try {
        return await exchange(headers, body);
      } catch (error) {
        return { outcome: 'failed', reason: 'Request failed', detail: errorCode(error) };
      }
    },
    close: () => dispatcher.destroy(),
  };
}

export function invalidResponseJson(detail?: string): ApiFailure {
  return { outcome: 'failed', reason: 'Invalid response JSON', ...(detail === undefined ? {} : { detail }) };
}

/** A short name for what went wrong: a system code where there is one, else the error's class. Holds no data. */
function errorCode(error: unknown): string {
  const fields = fieldsOf(error);
  return textField(fields, 'code') ?? textField(fields, 'name') ?? 'unknown';
}
