import type { PropertySchema } from '../../validation/schema.ts';

/** Any failure of a UUID, its type included, reads the same. */
export const uuid: PropertySchema = { type: 'string', format: 'uuid', failureText: 'is not a valid UUID' };

export const personalisation: PropertySchema = { type: 'object' };

/** Characters. Source: public-api 2.1. */
export const reference: PropertySchema = { type: 'string', maxLength: 1000 };

/** Checked, and then ignored (public-api 4.10). */
export const scheduledFor: PropertySchema = { type: ['string', 'null'], format: 'scheduled-for' };
