/** Counts the requests to one route. Each request that began ends once, in one way or the other. */
export type RouteMeter = {
  began(): void;
  /** `durationMs` is milliseconds since it began. */
  answered(method: string | undefined, status: number, durationMs: number): void;
  /** The caller went away before there was an answer. */
  abandoned(): void;
};

/** Counts requests by the routes' patterns, never by path: paths name messages. */
export type HttpMeter = {
  /** To be asked once for a route, not for each request. */
  route(path: string | RegExp): RouteMeter;
};

/** Stands for all paths that are no route's. */
export const UNMATCHED = 'unmatched';
