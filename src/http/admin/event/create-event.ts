import type { OpenHandler } from '../../route.ts';
import { createdAnswer } from '../answers.ts';
import { object, text } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { fields, required } from '../read.ts';
import { offsetTime } from '../times.ts';

/** `POST /events`: part of every sign-in in the admin application. */
export function createEvent({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ event_type: required(text), data: required(object) }),
    (event) => call('auditEvents.create', event),
    (event) => createdAnswer({ ...event, created_at: offsetTime(event.created_at) }),
  );
}
