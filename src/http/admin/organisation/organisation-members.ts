import type { OpenHandler } from '../../route.ts';
import { ok } from '../../route.ts';
import { dataAnswer, noContent } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { nothing } from '../read.ts';
import { userJson } from '../user/user-json.ts';

/** `GET /organisations/{organisation_id}/services` */
export function listOrganisationServices({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('organisations.services', { id: pathPart(request, 'organisation_id') }),
    ok,
  );
}

/** `GET /organisations/{organisation_id}/users` */
export function listOrganisationMembers({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('organisations.members', { id: pathPart(request, 'organisation_id') }),
    (users) => dataAnswer(users.map(userJson)),
  );
}

/** `POST /organisations/{organisation_id}/users/{user_id}` */
export function addOrganisationMember({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('organisations.addMember', {
        id: pathPart(request, 'organisation_id'),
        userId: pathPart(request, 'user_id'),
      }),
    (user) => dataAnswer(userJson(user)),
  );
}

/** `DELETE /organisations/{organisation_id}/users/{user_id}` */
export function removeOrganisationMember({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('organisations.removeMember', {
        id: pathPart(request, 'organisation_id'),
        userId: pathPart(request, 'user_id'),
      }),
    noContent,
  );
}
