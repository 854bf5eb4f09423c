import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Router } from 'express';
import { notFoundAnswer } from './error-response.ts';
import { UNMATCHED } from './meter.ts';
import { respond } from './respond.ts';
import type { Route } from './route.ts';
import { type ServeParts, serveRoute } from './serve.ts';
import { traceOf } from './trace.ts';

/**
 * The API as a request listener. Express's router alone, without its application: paths match exactly, and nothing
 * that no route needs runs for a request. Routes are tried in the order given, so the busiest come first.
 */
export function httpApp(parts: ServeParts, routes: readonly Route[]): RequestListener {
  const router = Router({ strict: true, caseSensitive: true });
  for (const route of routes) {
    const serve = serveRoute(parts, route);
    router.all(route.path, (request, response) => serve(request, response, request.params as Record<string, string>));
  }
  // The router works on Node's own objects; Express's types know only the application's.
  const handle = router as unknown as (
    incoming: IncomingMessage,
    response: ServerResponse,
    unmatched: () => void,
  ) => void;
  const unmatched = parts.meter?.route(UNMATCHED);
  return (incoming, response) =>
    handle(incoming, response, () => {
      unmatched?.began();
      const answer = notFoundAnswer();
      respond(response, traceOf(incoming.headers), answer);
      unmatched?.answered(incoming.method, answer.status, 0);
    });
}
