import { type Request, type RequestHandler, type Response, Router, text } from 'express';
import { parseJson } from '../providers/fields.ts';
import { boundedLog } from './bounded-log.ts';
import type { Pauses } from './pauses.ts';

/** One call of ours to a service's server, played by the sandbox. */
export type SandboxCallback = {
  /** With the query. */
  path: string;
  /** `Authorization` included, for it is part of the contract. */
  headers: Record<string, string>;
  /** Parsed where it is JSON, else its text. */
  body: unknown;
  /** ISO 8601. */
  receivedAt: string;
};

export type CallbackLog = { list(limit?: number): SandboxCallback[]; clear(): void };

const LIMITS = { maxEntries: 1_000, maxCharacters: 16_000_000 };

/**
 * A service's webhook receiver. `/webhook` answers 200; `/webhook/status/503` answers that status;
 * `/webhook/slow/2000` answers after that many milliseconds; `/webhook/hang` never answers.
 */
export function webhookRoutes(waiting: Pauses): { routes: Router; callbacks: CallbackLog } {
  const log = boundedLog<SandboxCallback>(LIMITS, ({ body }) => JSON.stringify(body).length + 500);

  const record: RequestHandler = (request, _response, next) => {
    const content: unknown = request.body;
    const body = typeof content === 'string' ? (parseJson(content) ?? content) : '';
    log.add({ path: request.originalUrl, headers: headersOf(request), body, receivedAt: new Date().toISOString() });
    next();
  };
  const ok = (response: Response) => {
    response.json({ result: 'success' });
  };

  const routes = Router()
    .post('/webhook{/*rest}', text({ type: () => true, limit: '1mb' }), record)
    .post('/webhook', (_request, response) => ok(response))
    .post('/webhook/status/:code', (request, response) => {
      const code = Number(request.params.code);
      response.status(code >= 200 && code <= 599 ? code : 400).json({ result: 'sandbox' });
    })
    .post('/webhook/slow/:delayMs', async (request, response) => {
      await waiting.pause(Number(request.params.delayMs) || 0);
      ok(response);
    })
    .post('/webhook/hang', () => {});

  return { routes, callbacks: { list: (limit) => log.entries().slice(0, limit), clear: log.clear } };
}

function headersOf(request: Request): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}
