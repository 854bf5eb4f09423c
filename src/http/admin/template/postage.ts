import type { PropertySchema } from '../../../validation/schema.ts';

const POSTAGES = ['first', 'second', 'europe', 'rest-of-world'];
const failureText = 'invalid. It must be first, second, europe or rest-of-world.';

export const postage = { enum: POSTAGES, failureText } satisfies PropertySchema;

/** Templates that are no letters have none, and clients send back what they got. */
export const optionalPostage = { enum: [...POSTAGES, null], failureText } satisfies PropertySchema;
