import { POSTAGES } from '../../validation/formats.ts';
import type { ObjectSchema, PropertySchema } from '../../validation/schema.ts';
import type { JsonSchema } from './answer-schemas.ts';

/** What our own formats mean to somebody who does not know them. */
const FORMATS_SHOWN: Readonly<Record<string, JsonSchema>> = {
  'phone-number': { description: 'A UK or international phone number, in any usual spelling' },
  'email-address': { description: 'An email address' },
  postage: { enum: [...POSTAGES] },
  'scheduled-for': {
    description: 'ISO 8601, not in the past and at most 24 hours ahead; checked, and then ignored',
  },
};

/** The schema that a request is checked with, without the words of our own that stand in it. */
export function requestSchema({ type, properties, required, additionalProperties }: ObjectSchema): JsonSchema {
  const shown = Object.entries(properties).map(([name, property]) => [name, propertySchema(property)]);
  return {
    type,
    properties: Object.fromEntries(shown),
    ...(required && { required }),
    ...(additionalProperties === false && { additionalProperties }),
  };
}

/** The query parameters that such a schema lets through; lists are given by repeating the parameter. */
export function queryParameters({ properties }: ObjectSchema): object[] {
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: false,
    schema: propertySchema(property),
  }));
}

function propertySchema({ failureText: _, ...schema }: PropertySchema): JsonSchema {
  return { ...FORMATS_SHOWN[String(schema['format'])], ...schema };
}
