import { type NewTemplate, TEMPLATE_TYPES } from '../../../messages/admin-templates.ts';
import { compileSchema, type ObjectSchema } from '../../../validation/schema.ts';
import { isFields } from '../../fields.ts';
import type { OpenHandler } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { createdAnswer } from '../answers.ts';
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
export function createTemplate({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<NewTemplate>(templateMessages, ['created_by', 'parent_folder_id', 'reply_to']),
    (template, request) => call('templateAuthors.create', { ...template, service: pathPart(request, 'service_id') }),
    (template) => createdAnswer(templateJson(template)),
  );
}

/** Emails and letters have a subject; what is of no type misses it, too. */
function templateMessages(body: unknown): string[] | null {
  const type = isFields(body) ? body['template_type'] : undefined;
  return (type === 'sms' || type === 'broadcast' ? withoutSubject : withSubject)(body);
}
