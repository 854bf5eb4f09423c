import { Gauge, Histogram, type Registry } from 'prom-client';
import type { HttpMeter } from '../http/meter.ts';
import { DURATION_BUCKETS, MS_A_SECOND } from './buckets.ts';

type Observed = Pick<Histogram.Internal<string>, 'observe'>;

/** Other methods are one: a caller may not choose how many series there are. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']);

/** Requests by route, method and status. What a request adds to is looked up by plain values, and made once. */
export function httpMeter(registry: Registry): HttpMeter {
  let open = 0;
  const durations = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Requests to the API, by the pattern of their route',
    labelNames: ['path', 'method', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  new Gauge({
    name: 'concurrent_web_request_count',
    help: 'Requests to the API that are not answered yet',
    registers: [registry],
    collect() {
      this.set(open);
    },
  });

  return {
    route: (path) => {
      const pattern = patternOf(path);
      const known = new Map<string, Map<number, Observed>>();
      const observed = (method: string, status: number): Observed => {
        const statuses = known.get(method) ?? new Map<number, Observed>();
        const found = statuses.get(status) ?? durations.labels(pattern, method, String(status));
        known.set(method, statuses.set(status, found));
        return found;
      };
      return {
        began: () => {
          open++;
        },
        answered: (method = '', status, durationMs) => {
          open--;
          const name = METHODS.has(method) ? method : 'other';
          const found = known.get(name)?.get(status) ?? observed(name, status);
          found.observe(durationMs / MS_A_SECOND);
        },
        abandoned: () => {
          open--;
        },
      };
    },
  };
}

/** `/^\/v2\/template\/([^/]+)\/version\/([0-9]+)$/` reads `/v2/template/:1/version/:2`. */
function patternOf(path: string | RegExp): string {
  if (typeof path === 'string') return path;
  let group = 0;
  return path.source
    .replaceAll('\\/', '/')
    .replaceAll(/\([^)]*\)/g, () => `:${++group}`)
    .replaceAll(/[\^$]/g, '');
}
