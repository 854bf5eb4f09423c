import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
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
export function respond(response: ServerResponse, trace: Trace, answer: Answer): void {
  const { headers, content } = written(trace, answer);
  response.writeHead(answer.status, headers);
  response.end(content);
}

/** The same on a connection where no request was understood, which it ends. */
export function respondRaw(connection: Duplex, trace: Trace, answer: Answer): void {
  const { headers, content } = written(trace, answer);
  const pairs = headers.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${headers[at + 1]}\r\n`] : []));
  connection.write(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${pairs.join('')}`);
  connection.write('Connection: close\r\n\r\n');
  connection.end(content);
}

/** What goes out; `headers` has names and values in turn. */
function written({ traceId, spanId }: Trace, { body, text: plainText, bare, file, headers = [] }: Answer) {
  const json = body ?? bare;
  const text = plainText ?? (json === undefined ? '' : JSON.stringify(json));
  const content = file?.content ?? text;
  const textType = plainText !== undefined ? PLAIN_TEXT : json === undefined ? [] : JSON_TYPE;
  const type = file ? ['Content-Type', file.type] : textType;
  return {
    headers: [
      ...type,
      'Content-Length',
      String(Buffer.byteLength(content)),
      'X-B3-TraceId',
      traceId,
      'X-B3-SpanId',
      spanId,
      ...headers,
      ...FIXED_HEADERS,
    ],
    content,
  };
}
