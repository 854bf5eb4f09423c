import type { Personalisation } from '../../messages.ts';
import { compileSchema, type ObjectSchema } from '../../validation/schema.ts';
import { personalisation, uuid } from './properties.ts';

/** Query of `GET /v2/templates` (public-api 2.8). */
export const LIST_TEMPLATES: ObjectSchema = {
  type: 'object',
  properties: { type: { enum: ['sms', 'email', 'letter'] } },
  additionalProperties: false,
};

export const validateListTemplates = compileSchema(LIST_TEMPLATES);

export type PreviewDocument = { id: string; personalisation?: Personalisation };

/** Body of `POST /v2/template/{id}/preview`, with the path's id put in (public-api 2.9). */
export const PREVIEW: ObjectSchema = {
  type: 'object',
  properties: { id: uuid, personalisation },
  required: ['id'],
};

export const validatePreview = compileSchema(PREVIEW);
