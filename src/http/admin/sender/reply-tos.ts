import type { NewReplyTo } from '../../../messages/admin-senders.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { createdAnswer, dataAnswer } from '../answers.ts';
import { emailAddress } from '../field-types.ts';
import { findService, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { document, fields, nothing, required } from '../read.ts';
import { timedJson } from '../timed-json.ts';
import { inService, ofService } from './sender-path.ts';

const REPLY_TOS = '/service/{service_id}/email-reply-to';

const validate = compileSchema({
  type: 'object',
  properties: { email_address: { type: 'string', format: 'email-address' }, is_default: { type: 'boolean' } },
  required: ['email_address', 'is_default'],
});

/** Addresses that recipients of emails reply to (internal-api 6.17). */
export function replyToRoutes(parts: AdminParts): Paths {
  return {
    [REPLY_TOS]: { GET: list(parts), POST: create(parts) },
    [`${REPLY_TOS}/verify`]: { POST: verify(parts) },
    [`${REPLY_TOS}/{sender_id}`]: { GET: get(parts), POST: update(parts) },
    [`${REPLY_TOS}/{sender_id}/archive`]: { POST: archive(parts) },
  };
}

function list({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('replyTos.list', inService(request)),
    (replyTos) => ok(replyTos.map(timedJson)),
  );
}

function get({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('replyTos.get', ofService(request)),
    (replyTo) => ok(timedJson(replyTo)),
  );
}

function verify({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ email: required(emailAddress) }),
    ({ email: address }, request) =>
      call('replyTos.verify', { ...inService(request), address, requestId: request.trace.traceId }),
    createdAnswer,
  );
}

function create(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findService(parts), document<NewReplyTo>(validate)),
    (replyTo, request) => call('replyTos.create', { ...inService(request), replyTo }),
    (replyTo) => createdAnswer(timedJson(replyTo)),
  );
}

function update({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<NewReplyTo>(validate),
    (replyTo, request) => call('replyTos.update', { ...ofService(request), replyTo }),
    (replyTo) => dataAnswer(timedJson(replyTo)),
  );
}

function archive({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('replyTos.archive', ofService(request)),
    (replyTo) => dataAnswer(timedJson(replyTo)),
  );
}
