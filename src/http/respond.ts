import type { ServerResponse } from 'node:http';
import type { Answer } from './route.ts';
import type { Trace } from './trace.ts';

/** On every response, errors included. Source: public-api 1.5. */
const FIXED_HEADERS = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Allow-Headers',
  'Content-Type,Authorization',
  'Access-Control-Allow-Methods',
  'GET,PUT,POST,DELETE',
  'X-Content-Type-Options',
  'nosniff',
  'X-Frame-Options',
  'SAMEORIGIN',
  'X-Permitted-Cross-Domain-Policies',
  'none',
  'Strict-Transport-Security',
  'max-age=31536000; includeSubDomains; preload',
  'Cache-Control',
  'no-store, no-cache, private, must-revalidate',
] as const;

const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const PLAIN_TEXT = ['Content-Type', 'text/plain; charset=utf-8'] as const;

/** Writes an answer. Headers go out as one flat list: setting them one by one costs several times as much. */
export function respond(
  response: ServerResponse,
  { traceId, spanId }: Trace,
  { status, body, text: plainText, bare, file, headers = [] }: Answer,
): void {
  const json = body ?? bare;
  const text = plainText ?? (json === undefined ? '' : JSON.stringify(json));
  const content = file?.content ?? text;
  const textType = plainText !== undefined ? PLAIN_TEXT : json === undefined ? [] : JSON_TYPE;
  const type = file ? ['Content-Type', file.type] : textType;
  response.writeHead(status, [
    ...type,
    'Content-Length',
    String(Buffer.byteLength(content)),
    'X-B3-TraceId',
    traceId,
    'X-B3-SpanId',
    spanId,
    ...headers,
    ...FIXED_HEADERS,
  ]);
  response.end(content);
}
