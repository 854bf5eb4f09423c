import type { CallbackApiChanges, NewCallbackApi } from '../../../messages/admin-callbacks.ts';
import { compileSchema, type Validate } from '../../../validation/schema.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { createdAnswer, dataAnswer, noContent } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { document, nothing } from '../read.ts';
import { timedJson } from '../timed-json.ts';

export type CallbackApiRouteParts = AdminParts & {
  /** False allows plain HTTP, for receivers on a developer's machine. */
  callbacksNeedHttps: boolean;
};

type Subject = 'receiptCallbacks' | 'inboundCallbacks';

/** Where a service is told of its messages' statuses and of texts that it receives (internal-api 6.18). */
export function callbackApiRoutes({ callbacksNeedHttps, ...parts }: CallbackApiRouteParts): Paths {
  const schemas = callbacksNeedHttps ? HTTPS_ONLY : HTTP_TOO;
  return {
    ...routes(parts, schemas, '/service/{service_id}/delivery-receipt-api', 'receiptCallbacks'),
    ...routes(parts, schemas, '/service/{service_id}/inbound-api', 'inboundCallbacks'),
  };
}

type Schemas = { create: Validate; update: Validate };

function schemasFor(scheme: string): Schemas {
  const properties = {
    url: { type: 'string', format: 'uri', pattern: `^${scheme}://[^/?#:@]`, failureText: 'is not a valid https url' },
    bearer_token: { type: 'string', minLength: 10 },
    updated_by_id: uuid,
  } as const;
  return {
    create: compileSchema({ type: 'object', properties, required: ['url', 'bearer_token', 'updated_by_id'] }),
    update: compileSchema({ type: 'object', properties, required: ['updated_by_id'] }),
  };
}

const HTTPS_ONLY = schemasFor('https');
const HTTP_TOO = schemasFor('https?');

function routes(parts: AdminParts, schemas: Schemas, path: string, subject: Subject): Paths {
  return {
    [path]: { POST: create(parts, schemas.create, subject) },
    [`${path}/{callback_api_id}`]: {
      GET: get(parts, subject),
      POST: update(parts, schemas.update, subject),
      DELETE: remove(parts, subject),
    },
  };
}

function create({ call }: AdminParts, validate: Validate, subject: Subject): OpenHandler {
  return adminHandler(
    document<NewCallbackApi>(validate, ['updated_by_id']),
    (callback, request) => call(`${subject}.create`, { ...inService(request), callback }),
    (callback) => createdAnswer(timedJson(callback)),
  );
}

function update({ call }: AdminParts, validate: Validate, subject: Subject): OpenHandler {
  return adminHandler(
    document<CallbackApiChanges>(validate, ['updated_by_id']),
    (changes, request) => call(`${subject}.update`, { ...ofService(request), changes }),
    (callback) => dataAnswer(timedJson(callback)),
  );
}

function get({ call }: AdminParts, subject: Subject): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call(`${subject}.get`, ofService(request)),
    (callback) => dataAnswer(timedJson(callback)),
  );
}

function remove({ call }: AdminParts, subject: Subject): OpenHandler {
  return adminHandler(nothing, (_, request) => call(`${subject}.remove`, ofService(request)), noContent);
}

const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });

const ofService = (request: HttpRequest) => ({ ...inService(request), id: pathPart(request, 'callback_api_id') });
