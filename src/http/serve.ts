import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseUuid } from '../validation/uuid.ts';
import { authenticate, internalAuthFailure, type ServiceSource } from './authenticate.ts';
import {
  authErrorAnswer,
  bodyTooLargeAnswer,
  failureAnswer,
  methodNotAllowedAnswer,
  timeoutAnswer,
} from './error-response.ts';
import type { HttpLog } from './log.ts';
import type { HttpMeter } from './meter.ts';
import { BodyTooLarge, MAX_BODY_BYTES, RequestAborted } from './read-body.ts';
import { HttpRequest } from './request.ts';
import { respond } from './respond.ts';
import type { Answer, ErrorFamily, Method, Route } from './route.ts';
import { traceOf } from './trace.ts';

export type ServeParts = {
  directory: ServiceSource;
  log: HttpLog;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Milliseconds until a request is answered with 504. */
  timeoutMs: number;
  /** Nothing is counted without one. */
  meter?: HttpMeter;
};

type Params = Readonly<Record<string, string | undefined>>;
export type Serve = (incoming: IncomingMessage, response: ServerResponse, params: Params) => void;

/** Answers every request to one route, exactly once. */
export function serveRoute(parts: ServeParts, route: Route): Serve {
  const allow = allowedMethods(route);
  const meter = parts.meter?.route(route.path);
  return (incoming, response, params) => {
    const request = new HttpRequest(incoming, params, traceOf(incoming.headers));
    const startedAt = performance.now();
    let isOpen = true;
    meter?.began();
    const reply = (answer: Answer): void => {
      if (!isOpen) return;
      isOpen = false;
      clearTimeout(timer);
      respond(response, request.trace, answer);
      const durationMs = performance.now() - startedAt;
      meter?.answered(incoming.method, answer.status, durationMs);
      logAnswer(parts.log, request, route, answer.status, durationMs);
    };
    const abandon = (): void => {
      clearTimeout(timer);
      if (isOpen) meter?.abandoned();
      isOpen = false;
    };
    const timer = setTimeout(() => reply(timeoutAnswer(route.errors)), parts.timeoutMs);
    answer(parts, route, allow, request).then(reply, (error: unknown) => {
      if (error instanceof RequestAborted) abandon();
      else reply(errorAnswer(parts.log, route.errors, request, error));
    });
  };
}

async function answer(parts: ServeParts, route: Route, allow: string, request: HttpRequest): Promise<Answer> {
  const method = request.incoming.method === 'HEAD' ? 'GET' : request.incoming.method;
  const isOptions = method === 'OPTIONS';
  if (route.access === 'open') {
    const handler = route.methods[method as Method];
    return handler?.(request) ?? unhandled(isOptions, allow);
  }
  const nowSeconds = Math.floor(parts.now() / 1000);
  if (route.access === 'internal') {
    const handler = route.methods[method as Method];
    if (handler === undefined && !isOptions) return methodNotAllowedAnswer(allow);
    const failure = internalAuthFailure(request.incoming.headers.authorization, route.client, nowSeconds);
    if (failure !== null) return authErrorAnswer(route.errors, failure.status, failure.message);
    noteActingUser(request);
    return handler?.(request) ?? unhandled(isOptions, allow);
  }
  const handler = route.methods[method as Method];
  if (handler === undefined && !isOptions) return methodNotAllowedAnswer(allow);
  const result = await authenticate(request.incoming.headers.authorization, parts.directory, nowSeconds);
  if (result.failed) return authErrorAnswer(route.errors, result.status, result.message);
  request.facts['service_id'] = result.caller.service.id;
  return handler?.(request, result.caller) ?? unhandled(isOptions, allow);
}

/** On whose behalf an internal client says that it acts, for the access log (public-api 1.4). */
function noteActingUser({ incoming, facts }: HttpRequest): void {
  const named = incoming.headers['x-notify-user-id'];
  const userId = typeof named === 'string' ? parseUuid(named) : null;
  if (userId !== null) facts['user_id'] = userId;
}

function unhandled(isOptions: boolean, allow: string): Answer {
  return isOptions ? { status: 200, body: null, headers: ['Allow', allow] } : methodNotAllowedAnswer(allow);
}

function allowedMethods({ methods }: Route): string {
  const names = Object.keys(methods);
  return [...names, ...(names.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
}

function errorAnswer(log: HttpLog, family: ErrorFamily, request: HttpRequest, error: unknown): Answer {
  if (error instanceof BodyTooLarge) return bodyTooLargeAnswer(family, MAX_BODY_BYTES);
  if (isTimeout(error)) return timeoutAnswer(family);
  log.error({ err: error, request_id: request.trace.traceId, ...request.facts }, 'A request failed');
  return failureAnswer(family, error);
}

/** A call to another node that was not answered in time. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 504;
}

function logAnswer(
  log: HttpLog,
  request: HttpRequest,
  { loggedPath }: Route,
  status: number,
  durationMs: number,
): void {
  const { incoming, trace, facts } = request;
  const path = loggedPath ?? incoming.url?.split('?', 1)[0];
  log.info(
    {
      request_id: trace.traceId,
      span_id: trace.spanId,
      method: incoming.method,
      path,
      status_code: status,
      duration: durationMs,
      user_agent: incoming.headers['user-agent'],
      ...facts,
    },
    'Request answered',
  );
}
