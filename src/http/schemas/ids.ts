import { invalid, type Refused } from '../../refusal.ts';
import { parseUuid } from '../../validation/uuid.ts';

/** A path's id in canonical form, or the refusal that names it. */
export function readId(name: string, text: string | undefined): { id: string } | Refused {
  const id = text === undefined ? null : parseUuid(text);
  return id === null ? invalid([`${name} is not a valid UUID`]) : { id };
}
