import type { IncomingHttpHeaders } from 'node:http';
import { randomBytesOf } from '../random-bytes.ts';

/** Identifies a request across processes (public-api 1.5). */
export type Trace = { traceId: string; spanId: string };

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** The caller's ids, else new ones. */
export function traceOf(headers: IncomingHttpHeaders): Trace {
  const traceId = first(headers['x-b3-traceid']) || first(headers['x-amz-cf-id']) || first(headers['x-amzn-trace-id']);
  const spanId = first(headers['x-b3-spanid']);
  return { traceId: traceId || randomHex(TRACE_BYTES), spanId: spanId || `self-${randomHex(SPAN_BYTES)}` };
}

function first(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function randomHex(bytes: number): string {
  return randomBytesOf(bytes).toString('hex');
}
