import { type AdminRefused, plainRefusal } from '../../../admin-refusal.ts';
import { type NewTemplate, TEMPLATE_TYPES } from '../../../messages/admin-templates.ts';
import type { Checked } from '../../../refusal.ts';
import { compileSchema, type ObjectSchema } from '../../../validation/schema.ts';
import { isFields } from '../../fields.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { createdAnswer } from '../answers.ts';
import { findService, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { document } from '../read.ts';
import { postage } from './postage.ts';
import { templateJson } from './template-json.ts';

const NEW_TEMPLATE = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 255 },
    template_type: { enum: TEMPLATE_TYPES },
    service: uuid,
    process_type: { enum: ['normal', 'priority'] },
    has_unsubscribe_link: { type: 'boolean' },
    content: { type: 'string' },
    subject: { type: 'string' },
    created_by: uuid,
    parent_folder_id: uuid,
    postage,
    reply_to: uuid,
  },
  required: ['name', 'template_type', 'content', 'service', 'created_by'],
} as const satisfies ObjectSchema;

const withoutSubject = compileSchema(NEW_TEMPLATE);
const withSubject = compileSchema({ ...NEW_TEMPLATE, required: [...NEW_TEMPLATE.required, 'subject'] });

/** `POST /service/{service_id}/template` */
export function createTemplate(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findService(parts), readTemplate),
    (template, request) => call('templateAuthors.create', { ...template, service: pathPart(request, 'service_id') }),
    (template) => createdAnswer(templateJson(template)),
  );
}

/** Bodies are rows in the original, where an unknown column fails: here it is refused. */
async function readTemplate(request: HttpRequest): Promise<Checked<NewTemplate> | AdminRefused> {
  const body = await document<NewTemplate>(templateMessages, ['created_by', 'parent_folder_id', 'reply_to'])(request);
  if (body.outcome === 'refused') return body;
  const unknown = Object.keys(body.value).find((name) => !Object.hasOwn(NEW_TEMPLATE.properties, name));
  return unknown === undefined ? body : plainRefusal(400, `Unknown field name ${unknown}`);
}

/** Emails and letters have a subject; what is of no type misses it, too. */
function templateMessages(body: unknown): string[] | null {
  const type = isFields(body) ? body['template_type'] : undefined;
  return (type === 'sms' || type === 'broadcast' ? withoutSubject : withSubject)(body);
}
