import type { Personalisation } from '../../messages.ts';
import { compileSchema } from '../../validation/schema.ts';
import { personalisation, reference, uuid } from './properties.ts';

export type SendLetterBody = { template_id: string; personalisation: Personalisation; reference?: string };

/** Body of `POST /v2/notifications/letter` for a template's letter (public-api 2.3). */
export const validateSendLetter = compileSchema({
  type: 'object',
  properties: { template_id: uuid, personalisation, reference },
  required: ['template_id', 'personalisation'],
  additionalProperties: false,
});

export type SendPrecompiledLetterBody = {
  reference: string;
  /** Base64. */
  content: string;
  postage?: 'first' | 'second' | 'economy';
};

/** Body of the same for a PDF (public-api 2.4). Its reference may have any length. */
export const validateSendPrecompiledLetter = compileSchema({
  type: 'object',
  properties: {
    reference: { type: 'string' },
    content: { type: 'string' },
    postage: { type: 'string', format: 'postage' },
  },
  required: ['reference', 'content'],
  additionalProperties: false,
});
