import { TEMPLATE_TYPES, type TemplateChanges, type TemplateUpdate } from '../../../messages/admin-templates.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { parseUuid } from '../../../validation/uuid.ts';
import type { OpenHandler } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { bareAnswer, dataAnswer } from '../answers.ts';
import { foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { document } from '../read.ts';
import { optionalPostage } from './postage.ts';
import { ofService } from './read-templates.ts';
import { templateJson } from './template-json.ts';

type Body = TemplateChanges & { redact_personalisation?: unknown; reply_to?: string | null };

const validate = compileSchema({
  type: 'object',
  properties: {
    id: uuid,
    name: { type: 'string', maxLength: 255 },
    template_type: { enum: TEMPLATE_TYPES },
    service: uuid,
    process_type: { enum: ['normal', 'priority'] },
    has_unsubscribe_link: { type: 'boolean' },
    content: { type: 'string' },
    subject: { type: ['string', 'null'] },
    created_by: uuid,
    postage: optionalPostage,
    archived: { type: 'boolean' },
    reply_to: { ...uuid, type: ['string', 'null'] },
    current_user: uuid,
  },
});

/** `POST /service/{service_id}/template/{template_id}`: four uses, told apart in this order. */
export function updateTemplate({ call }: AdminParts): OpenHandler {
  return adminHandler(
    foundFirst(
      (request) => call('templateAuthors.mayUpdate', ofService(request)),
      document<Body>(validate, ['created_by']),
    ),
    (body, request) => call('templateAuthors.update', { ...ofService(request), update: updateOf(body) }),
    (template) => (template === null ? bareAnswer(null) : dataAnswer(templateJson(template))),
  );
}

function updateOf({ redact_personalisation: redacts, reply_to: contact, ...changes }: Body): TemplateUpdate {
  if (redacts === true) return { kind: 'redaction', createdBy: changes.created_by ?? null };
  if (contact !== undefined) return { kind: 'contact', contactId: contact === null ? null : parseUuid(contact) };
  return { kind: 'content', changes };
}
