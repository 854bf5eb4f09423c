import type { Personalisation } from '../../messages.ts';
import { compileSchema, type ObjectSchema } from '../../validation/schema.ts';
import { personalisation, reference, uuid } from './properties.ts';

export type SendLetterBody = { template_id: string; personalisation: Personalisation; reference?: string };

/** Body of `POST /v2/notifications/letter` for a template's letter (public-api 2.3). */
export const SEND_LETTER: ObjectSchema = {
  type: 'object',
  properties: { template_id: uuid, personalisation, reference },
  required: ['template_id', 'personalisation'],
  additionalProperties: false,
};

export const validateSendLetter = compileSchema(SEND_LETTER);

export type SendPrecompiledLetterBody = {
  reference: string;
  /** Base64. */
  content: string;
  postage?: 'first' | 'second' | 'economy';
};

/** Body of the same for a PDF (public-api 2.4). Its reference may have any length. */
export const SEND_PRECOMPILED_LETTER: ObjectSchema = {
  type: 'object',
  properties: {
    reference: { type: 'string' },
    content: { type: 'string' },
    postage: { type: 'string', format: 'postage' },
  },
  required: ['reference', 'content'],
  additionalProperties: false,
};

export const validateSendPrecompiledLetter = compileSchema(SEND_PRECOMPILED_LETTER);
