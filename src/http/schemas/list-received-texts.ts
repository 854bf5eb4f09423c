import { compileSchema, type ObjectSchema } from '../../validation/schema.ts';
import { uuid } from './properties.ts';

export type ListReceivedTextsQuery = { older_than?: string };

/** Query of `GET /v2/received-text-messages` (public-api 2.10). */
export const LIST_RECEIVED_TEXTS: ObjectSchema = {
  type: 'object',
  properties: { older_than: uuid },
  additionalProperties: false,
};

export const validateListReceivedTexts = compileSchema(LIST_RECEIVED_TEXTS);
