import type { CredentialView } from '../../../messages/admin-security-keys.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { wireTime, wireTimeOrNull } from '../../../wire-time.ts';
import type { OpenHandler } from '../../route.ts';
import { createdAnswer, dataAnswer, noContent } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { document, nothing } from '../read.ts';

type NewKey = { name: string; credential_data: string; registration_response: string };

const text = { type: 'string', minLength: 1 };

const NEW = compileSchema({
  type: 'object',
  properties: { name: text, credential_data: text, registration_response: text },
  required: ['name', 'credential_data', 'registration_response'],
  additionalProperties: false,
});
const NAME = compileSchema({
  type: 'object',
  properties: { name: text },
  required: ['name'],
  additionalProperties: false,
});
const LOGIN = compileSchema({
  type: 'object',
  properties: { successful: { type: 'boolean' } },
  required: ['successful'],
  additionalProperties: false,
});

/** Security keys (internal-api 6.3), and what became of a log-in with one (6.2). */
export function securityKeyRoutes(parts: AdminParts): Paths {
  return {
    '/user/{user_id}/webauthn': { GET: list(parts), POST: create(parts) },
    '/user/{user_id}/webauthn/{webauthn_credential_id}': { POST: rename(parts), DELETE: remove(parts) },
    '/user/{user_id}/complete/webauthn-login': { POST: completeLogin(parts) },
    '/user/{user_id}/verify/webauthn-login': { POST: completeLogin(parts) },
  };
}

function list({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('securityKeys.list', { userId: pathPart(request, 'user_id') }),
    (credentials) => dataAnswer(credentials.map(credentialJson)),
  );
}

function create({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<NewKey>(NEW),
    ({ name, credential_data: credentialData, registration_response: registrationResponse }, request) => {
      const userId = pathPart(request, 'user_id');
      return call('securityKeys.create', { userId, name, credentialData, registrationResponse });
    },
    (credential) => createdAnswer(credentialJson(credential)),
  );
}

function rename({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ name: string }>(NAME),
    ({ name }, request) => {
      const [userId, id] = [pathPart(request, 'user_id'), pathPart(request, 'webauthn_credential_id')];
      return call('securityKeys.rename', { userId, id, name });
    },
    (credential) => dataAnswer(credentialJson(credential)),
  );
}

function remove({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => {
      const [userId, id] = [pathPart(request, 'user_id'), pathPart(request, 'webauthn_credential_id')];
      return call('securityKeys.remove', { userId, id });
    },
    noContent,
  );
}

function completeLogin({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ successful: boolean }>(LOGIN),
    ({ successful }, request) =>
      call('securityKeys.completeLogin', { userId: pathPart(request, 'user_id'), successful }),
    noContent,
  );
}

/** A Credential (internal-api 4). */
function credentialJson(credential: CredentialView): object {
  return {
    ...credential,
    created_at: wireTime(credential.created_at),
    updated_at: wireTimeOrNull(credential.updated_at),
  };
}
