import type { Method, Route } from '../../../src/http/route.ts';

/** One method of one path; `path` names its variable parts, as `/user/{user_id}`. */
export type FuzzedRoute = { method: Method; path: string; parts: string[]; errors: Route['errors'] };

const PART = /\(\?<(\w+)>[^)]*\)/g;

/** The program's own table, however long it has become. */
export function fuzzedRoutes(routes: readonly Route[]): FuzzedRoute[] {
  return routes.flatMap(({ path: pattern, methods, errors }) => {
    const path = nameParts(pattern);
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    return Object.keys(methods).map((method) => ({ method: method as Method, path, parts, errors }));
  });
}

/** What a route ends is not there for others: those that read come first, those that end something last. */
export function gentleFirst(routes: readonly FuzzedRoute[]): FuzzedRoute[] {
  return routes.toSorted((one, other) => wear(one) - wear(other));
}

/** How soon what a route is asked about is worn out by it. */
export function wear({ method, path }: FuzzedRoute): number {
  if (method === 'GET') return 0;
  return method === 'DELETE' || /archive|suspend|off$|revoke/.test(path) ? 4 : 1;
}

function nameParts(pattern: string | RegExp): string {
  if (typeof pattern === 'string') return pattern;
  return pattern.source.slice(1, -1).replaceAll('\\/', '/').replaceAll(PART, '{$1}');
}
