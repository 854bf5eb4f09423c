import type { NewLetterContact } from '../../../messages/admin-senders.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { createdAnswer, dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { document, nothing } from '../read.ts';
import { timedJson } from '../timed-json.ts';
import { inService, ofService } from './sender-path.ts';

const CONTACTS = '/service/{service_id}/letter-contact';

const validate = compileSchema({
  type: 'object',
  properties: { contact_block: { type: 'string' }, is_default: { type: 'boolean' } },
  required: ['contact_block', 'is_default'],
});

/** Sender blocks of letters (internal-api 6.17). */
export function letterContactRoutes(parts: AdminParts): Paths {
  return {
    [CONTACTS]: { GET: list(parts), POST: create(parts) },
    [`${CONTACTS}/{sender_id}`]: { GET: get(parts), POST: update(parts) },
    [`${CONTACTS}/{sender_id}/archive`]: { POST: archive(parts) },
  };
}

function list({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('letterContacts.list', inService(request)),
    (contacts) => ok(contacts.map(timedJson)),
  );
}

function get({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('letterContacts.get', ofService(request)),
    (contact) => ok(timedJson(contact)),
  );
}

function create({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<NewLetterContact>(validate),
    (contact, request) => call('letterContacts.create', { ...inService(request), contact }),
    (contact) => createdAnswer(timedJson(contact)),
  );
}

function update({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<NewLetterContact>(validate),
    (contact, request) => call('letterContacts.update', { ...ofService(request), contact }),
    (contact) => dataAnswer(timedJson(contact)),
  );
}

function archive({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('letterContacts.archive', ofService(request)),
    (contact) => dataAnswer(timedJson(contact)),
  );
}
