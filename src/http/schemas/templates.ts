import type { Personalisation } from '../../messages.ts';
import { compileSchema } from '../../validation/schema.ts';
import { personalisation, uuid } from './properties.ts';

/** Query of `GET /v2/templates` (public-api 2.8). */
export const validateListTemplates = compileSchema({
  type: 'object',
  properties: { type: { enum: ['sms', 'email', 'letter'] } },
  additionalProperties: false,
});

export type PreviewDocument = { id: string; personalisation?: Personalisation };

/** Body of `POST /v2/template/{id}/preview`, with the path's id put in (public-api 2.9). */
export const validatePreview = compileSchema({
  type: 'object',
  properties: { id: uuid, personalisation },
  required: ['id'],
});
