import { type Fields, isFields } from '../../fields.ts';
import type { OpenHandler } from '../../route.ts';
import { createdAnswer } from '../answers.ts';
import { type FieldType, text } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { fields, required } from '../read.ts';
import { offsetTime } from '../times.ts';

const object: FieldType<Fields> = (json) =>
  isFields(json) ? { ok: true, value: json } : { ok: false, message: 'Not a valid mapping type.' };

/** `POST /events`: part of every sign-in in the admin application. */
export function createEvent({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ event_type: required(text), data: required(object) }),
    (event) => call('auditEvents.create', event),
    (event) => createdAnswer({ ...event, created_at: offsetTime(event.created_at) }),
  );
}
