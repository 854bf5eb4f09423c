import type { NewSmsSender } from '../../../messages/admin-senders.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { dataAnswer } from '../answers.ts';
import { findService, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { document, nothing } from '../read.ts';
import { timedJson } from '../timed-json.ts';
import { inService, ofService } from './sender-path.ts';

const SENDERS = '/service/{service_id}/sms-sender';

const validate = compileSchema({
  type: 'object',
  properties: { sms_sender: { type: 'string' }, is_default: { type: 'boolean' }, inbound_number_id: uuid },
  required: ['sms_sender', 'is_default'],
});

/** What texts come from; bodies are bare but for the archived one (internal-api 6.17). */
export function smsSenderRoutes(parts: AdminParts): Paths {
  return {
    [SENDERS]: { GET: list(parts), POST: create(parts) },
    [`${SENDERS}/{sender_id}`]: { GET: get(parts), POST: update(parts) },
    [`${SENDERS}/{sender_id}/archive`]: { POST: archive(parts) },
  };
}

function list({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('smsSenders.list', inService(request)),
    (senders) => ok(senders.map(timedJson)),
  );
}

function get({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('smsSenders.get', ofService(request)),
    (sender) => ok(timedJson(sender)),
  );
}

function create(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findService(parts), document<NewSmsSender>(validate, ['inbound_number_id'])),
    (sender, request) => call('smsSenders.create', { ...inService(request), sender }),
    (sender) => ({ status: 201, body: timedJson(sender) }),
  );
}

function update({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<NewSmsSender>(validate, ['inbound_number_id']),
    (sender, request) => call('smsSenders.update', { ...ofService(request), sender }),
    (sender) => ok(timedJson(sender)),
  );
}

function archive({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('smsSenders.archive', ofService(request)),
    (sender) => dataAnswer(timedJson(sender)),
  );
}
