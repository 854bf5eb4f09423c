import type { ApiKeyRecord, ServiceRecord } from '../db/service-directory.ts';
import type { InternalClient } from './authenticate.ts';
import type { HttpRequest } from './request.ts';

/** JSON that is no object and no list. */
export type BareJson = string | number | boolean | null;

/** A response before it is written. A null body means none; `text`, `bare` JSON and a `file` stand in a body's place. */
export type Answer = {
  status: number;
  body: object | null;
  text?: string;
  bare?: BareJson;
  file?: { content: Uint8Array; type: string };
  headers?: readonly string[];
};

/** Who a service's request comes from. */
export type Caller = { service: ServiceRecord; apiKey: ApiKeyRecord };

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type OpenHandler = (request: HttpRequest) => Answer | Promise<Answer>;
export type ServiceHandler = (request: HttpRequest, caller: Caller) => Answer | Promise<Answer>;

/** Shape of error bodies: public-api 3.1, or 3.4 for everything else. */
export type ErrorFamily = 'v2' | 'plain';

type Place = {
  path: string | RegExp;
  errors: ErrorFamily;
  /** What the access log says in the path's place, where the path itself tells of a person. */
  loggedPath?: string;
};

/**
 * One path. `service` routes want a service's token, for every method (public-api 2.0); `internal` ones want a token of
 * `client` (internal-api 1).
 */
export type Route = Place &
  (
    | { access: 'open'; methods: Partial<Record<Method, OpenHandler>> }
    | { access: 'internal'; client: InternalClient; methods: Partial<Record<Method, OpenHandler>> }
    | { access: 'service'; methods: Partial<Record<Method, ServiceHandler>> }
  );

export function ok(body: object): Answer {
  return { status: 200, body };
}
