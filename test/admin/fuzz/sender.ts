import { Agent, request } from 'node:http';
import type { FuzzedRoute } from './route-table.ts';

/** A request, its path as it goes over the wire. */
export type Sent = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Whether its token is the admin application's. */
  isTrusted: boolean;
};
export type Answered = { status: number; text: string };

/** Milliseconds after which an answer is taken for a hang. */
const PATIENCE_MS = 10_000;

/** Sends exactly what is given, unlike fetch, which tidies paths. */
export function sender(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const { hostname, port } = new URL(url);
  const send = ({ method, path, headers, body }: Sent): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const content = Buffer.from(body);
      const length = method === 'GET' && content.length === 0 ? {} : { 'content-length': content.length };
      const options = { agent, hostname, port, method, path, headers: { ...headers, ...length }, timeout: PATIENCE_MS };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      });
      sent.on('timeout', () => sent.destroy(new Error('No answer')));
      sent.on('error', reject);
      sent.end(content);
    });
  return { send, close: () => agent.destroy() };
}

/** What is wrong with an answer of the internal API; null when nothing is. */
export function problemOf({ errors }: FuzzedRoute, { isTrusted }: Sent, { status, text }: Answered): string | null {
  if (!isTrusted && status !== 401 && status !== 403) return 'not refused';
  if (status >= 500 || status < 200) return `status ${status}`;
  if (status === 204) return text === '' ? null : 'a body with 204';
  const body = parsed(text);
  if (body === undefined) return 'no JSON';
  if (status < 300) return null;
  return isRefusal(status, body, errors) ? null : 'no error body of the internal API';
}

/** Plain, Field or Schema (internal-api 3.1). */
function isRefusal(status: number, body: unknown, family: FuzzedRoute['errors']): boolean {
  if (!isObject(body)) return false;
  if ('errors' in body) {
    const { status_code, errors } = body;
    const isWhole = status_code === status && Array.isArray(errors) && errors.length > 0;
    return isWhole && (status === 400 || family === 'v2') && errors.every(isItem);
  }
  return body['result'] === 'error' && isMessage(body['message']);
}

function isItem(item: unknown): boolean {
  return isObject(item) && typeof item['error'] === 'string' && typeof item['message'] === 'string';
}

function isMessage(message: unknown): boolean {
  if (typeof message === 'string') return message !== '';
  if (Array.isArray(message)) return message.every((text) => typeof text === 'string');
  return isObject(message) && Object.keys(message).length > 0 && Object.values(message).every(isMessage);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
