import { type AdminRefused, fieldRefusal, unknownUrl } from '../../../admin-refusal.ts';
import { type Checked, passed } from '../../../refusal.ts';
import { compileSchema } from '../../../validation/schema.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { adminRefusalAnswer, dataAnswer, noContent } from '../answers.ts';
import { anyText } from '../field-types.ts';
import { findUser, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { document, onlyFields, readObject, required } from '../read.ts';
import { userJson } from './user-json.ts';

type CodeBody = { to?: string | null; next?: string | null; email_auth_link_host?: string | null };

const text = { type: ['string', 'null'] };

const SEND_CODE = {
  sms: compileSchema({ type: 'object', properties: { to: text }, additionalProperties: false }),
  email: compileSchema({
    type: 'object',
    properties: { to: { type: 'null' }, next: text, email_auth_link_host: text },
    additionalProperties: false,
  }),
};

const CHECK_CODE = compileSchema({
  type: 'object',
  properties: { code: { type: 'string' }, code_type: { type: 'string' } },
  required: ['code', 'code_type'],
  additionalProperties: false,
});

/** `POST /user/{user_id}/verify/password` */
export function verifyPassword(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findUser(parts), readPassword),
    (password, request) => call('users.checkPassword', { userId: pathPart(request, 'user_id'), password }),
    noContent,
  );
}

/** `POST /user/{user_id}/update-password` */
export function updatePassword(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findUser(parts), onlyFields({ _password: required(anyText) })),
    ({ _password: password }, request) =>
      call('users.changePassword', { userId: pathPart(request, 'user_id'), password }),
    (user) => dataAnswer(userJson(user)),
  );
}

/** `POST /user/{user_id}/{code_type}-code`. Who has enough codes gets none, and is told nothing else. */
export function sendCode(parts: AdminParts): OpenHandler {
  const senders = { sms: sendCodeOf(parts, 'sms'), email: sendCodeOf(parts, 'email') };
  return async (request) => {
    const wanted = await parts.call('users.needsCode', { userId: pathPart(request, 'user_id') });
    if (wanted.outcome === 'refused') return adminRefusalAnswer(wanted);
    if (!wanted.value) return noContent();
    const codeType = pathPart(request, 'code_type');
    if (codeType !== 'sms' && codeType !== 'email') return adminRefusalAnswer(unknownUrl());
    return senders[codeType](request);
  };
}

function sendCodeOf({ call }: AdminParts, codeType: 'sms' | 'email'): OpenHandler {
  return adminHandler(
    document<CodeBody>(SEND_CODE[codeType]),
    ({ to = null, next = null, email_auth_link_host: adminBaseUrl = null }, request) => {
      const { traceId: requestId } = request.trace;
      return call('users.sendCode', {
        userId: pathPart(request, 'user_id'),
        codeType,
        to,
        next,
        adminBaseUrl,
        requestId,
      });
    },
    noContent,
  );
}

/** `POST /user/{user_id}/verify/code` */
export function verifyCode({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ code: string; code_type: string }>(CHECK_CODE),
    ({ code, code_type: codeType }, request) =>
      call('users.checkCode', { userId: pathPart(request, 'user_id'), code, codeType }),
    noContent,
  );
}

/** This route has a text of its own for what is missing. */
async function readPassword(request: HttpRequest): Promise<Checked<string> | AdminRefused> {
  const body = await readObject(request);
  if (body.outcome === 'refused') return body;
  const { password } = body.value;
  if (typeof password !== 'string') return fieldRefusal('password', 'Required field missing data');
  return passed(password);
}
