import type { ReadMetrics } from '../metrics/metrics.ts';
import type { OpenHandler, Route } from './route.ts';

/** `GET /metrics` (public-api 2.13), for a network that only Prometheus reaches. */
export function metricsRoute(read: ReadMetrics): Route {
  const GET: OpenHandler = async () => {
    const { contentType, text } = await read();
    return { status: 200, body: null, file: { content: Buffer.from(text), type: contentType } };
  };
  return { path: '/metrics', methods: { GET }, access: 'open', errors: 'plain' };
}
