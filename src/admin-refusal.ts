import { NOT_UNDERSTOOD } from './refusal.ts';

/**
 * What is wrong, by field. Invitations' link texts are no lists (internal-api 6.6), and what is wrong with a list's
 * items is told by their places.
 */
export type FieldMessages = { readonly [field: string]: string | readonly string[] | FieldMessages };

/** The caller's fault, as the internal API tells it: a text, or texts by field (internal-api 3.1). */
export type AdminRefused = { outcome: 'refused'; status: number; message: string | FieldMessages };

/** What an action of the internal API answers, as plain JSON. */
export type AdminResult<Value> = { outcome: 'done'; value: Value } | AdminRefused;

export function done<Value>(value: Value): { outcome: 'done'; value: Value } {
  return { outcome: 'done', value };
}

export function plainRefusal(status: number, message: string): AdminRefused {
  return { outcome: 'refused', status, message };
}

export function fieldRefusal(field: string, message: string, status = 400): AdminRefused {
  return { outcome: 'refused', status, message: { [field]: [message] } };
}

/** A row that does not exist, or a value that the database would refuse (internal-api 3.2). */
export function noResult(): AdminRefused {
  return plainRefusal(404, 'No result found');
}

/** A 404 that is meant as one, with the text of an unknown URL (internal-api 3.2). */
export function unknownUrl(): AdminRefused {
  return plainRefusal(
    404,
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
  );
}

/** A 400 without a text of its own (internal-api 3.2). */
export function cannotUnderstand(): AdminRefused {
  return plainRefusal(400, NOT_UNDERSTOOD);
}
