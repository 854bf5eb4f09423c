import type { AdminRefused } from '../../admin-refusal.ts';
import type { Refused } from '../../refusal.ts';
import { plain } from '../error-response.ts';
import type { Answer } from '../route.ts';

/** Refusals that v1 tells by field, by how their texts begin; the text in their place, or their own. */
const BY_FIELD: readonly { begins: string; field: string; says: string | null }[] = [
  { begins: 'Can’t send to this recipient', field: 'to', says: null },
  { begins: 'Service is not allowed to send text messages', field: 'service', says: 'Cannot send text messages' },
  { begins: 'Service is not allowed to send emails', field: 'service', says: 'Cannot send emails' },
];

/** A refusal in v1's body: a text, or texts by field (public-api 2.12). */
export function v1RefusalAnswer(refused: Refused | AdminRefused): Answer {
  if (!('errors' in refused)) return { status: refused.status, body: { result: 'error', message: refused.message } };
  const message = refused.errors.map((error) => error.message).join(', ');
  const known = BY_FIELD.find(({ begins }) => message.startsWith(begins));
  if (known === undefined) return plain(refused.status, message);
  const texts = { [known.field]: [known.says ?? message] };
  return { status: refused.status, body: { result: 'error', message: texts } };
}

/** A 400 that names one field. */
export function v1FieldAnswer(field: string, message: string): Answer {
  return { status: 400, body: { result: 'error', message: { [field]: [message] } } };
}
