import { type OpenHandler, ok } from '../../route.ts';
import { noContent } from '../answers.ts';
import { anyText, listOf } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { fields, nothing, required } from '../read.ts';

const GUESTS = { email_addresses: required(listOf(anyText)), phone_numbers: required(listOf(anyText)) };

/** `GET /service/{service_id}/guest-list` */
export function getGuestList({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('guestLists.get', { serviceId: pathPart(request, 'service_id') }),
    ok,
  );
}

/** `PUT /service/{service_id}/guest-list` */
export function replaceGuestList({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields(GUESTS),
    (guests, request) => call('guestLists.replace', { serviceId: pathPart(request, 'service_id'), guests }),
    noContent,
  );
}
