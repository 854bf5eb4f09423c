import { type OpenHandler, ok } from '../../route.ts';
import { createdAnswer } from '../answers.ts';
import { oneOf, text, uuid } from '../field-types.ts';
import { findService, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { fields, nothing, required } from '../read.ts';
import { apiKeyJson } from './service-json.ts';

const NEW_KEY = {
  name: required(text),
  key_type: required(oneOf(['normal', 'team', 'test'] as const)),
  created_by: required(uuid),
};

/** `POST /service/{service_id}/api-key` */
export function createApiKey(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findService(parts), fields(NEW_KEY)),
    ({ name, key_type: keyType, created_by: createdBy }, request) =>
      call('apiKeys.create', { serviceId: pathPart(request, 'service_id'), name, keyType, createdBy }),
    createdAnswer,
  );
}

/** `POST /service/{service_id}/api-key/revoke/{api_key_id}` */
export function revokeApiKey({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('apiKeys.revoke', { serviceId: pathPart(request, 'service_id'), id: pathPart(request, 'api_key_id') }),
    () => ({ status: 202, body: {} }),
  );
}

/** `GET /service/{service_id}/api-keys` */
export function listApiKeys({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('apiKeys.list', { serviceId: pathPart(request, 'service_id') }),
    (keys) => ok({ apiKeys: keys.map(apiKeyJson) }),
  );
}

/** `GET /service/{service_id}/api-keys/{key_id}` */
export function getApiKey({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('apiKeys.get', { serviceId: pathPart(request, 'service_id'), id: pathPart(request, 'key_id') }),
    (key) => ok({ apiKeys: [apiKeyJson(key)] }),
  );
}
