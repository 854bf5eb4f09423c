import { type AdminRefused, noResult } from '../../../admin-refusal.ts';
import { type Checked, passed } from '../../../refusal.ts';
import { compileSchema, type PropertySchema } from '../../../validation/schema.ts';
import { parseUuid } from '../../../validation/uuid.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { createdAnswer, dataAnswer, noContent } from '../answers.ts';
import { type Find, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { document, nothing } from '../read.ts';
import { serviceJson } from '../service/service-json.ts';
import { userJson } from '../user/user-json.ts';

type PermissionsBody = { permissions: { permission: string }[]; folder_permissions?: string[] };

const permissions: PropertySchema = {
  type: 'array',
  items: { type: 'object', properties: { permission: { type: 'string' } }, required: ['permission'] },
};

const PERMISSIONS = compileSchema({
  type: 'object',
  properties: { permissions, folder_permissions: { type: 'array', items: { type: 'string' } } },
  required: ['permissions'],
  additionalProperties: false,
});

/** `GET /service/{service_id}/users` */
export function listMembers({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('members.list', { serviceId: pathPart(request, 'service_id') }),
    (users) => dataAnswer(users.map(userJson)),
  );
}

/** `POST /service/{service_id}/users/{user_id}`; folder ids that are none are left out. */
export function addMember({ call }: AdminParts): OpenHandler {
  const find: Find = async (request) => {
    const userId = parseUuid(pathPart(request, 'user_id'));
    if (userId === null) return noResult();
    return call('members.mayJoin', { serviceId: pathPart(request, 'service_id'), userId });
  };
  return adminHandler(
    foundFirst(find, withLooseUser(document<PermissionsBody>(PERMISSIONS))),
    ({ value, userId }, request) =>
      call('members.add', {
        serviceId: pathPart(request, 'service_id'),
        userId,
        permissions: namesOf(value),
        folders: (value.folder_permissions ?? []).flatMap((id) => parseUuid(id) ?? []),
      }),
    (service) => createdAnswer(serviceJson(service)),
  );
}

/** `DELETE /service/{service_id}/users/{user_id}`, whose body is not looked at. */
export function removeMember({ call }: AdminParts): OpenHandler {
  return adminHandler(
    withLooseUser(nothing),
    ({ userId }, request) => call('members.remove', { serviceId: pathPart(request, 'service_id'), userId }),
    noContent,
  );
}

/** `POST /user/{user_id}/service/{service_id}/permission` */
export function setPermissions({ call }: AdminParts): OpenHandler {
  const find: Find = (request) =>
    call('members.find', { serviceId: pathPart(request, 'service_id'), userId: pathPart(request, 'user_id') });
  return adminHandler(
    foundFirst(find, readPermissions),
    ({ names, folders }, request) =>
      call('users.setPermissions', {
        userId: pathPart(request, 'user_id'),
        serviceId: pathPart(request, 'service_id'),
        permissions: names,
        folders,
      }),
    noContent,
  );
}

/** A folder id that is none is as good as an unknown one. */
async function readPermissions(
  request: HttpRequest,
): Promise<Checked<{ names: string[]; folders: string[] | null }> | AdminRefused> {
  const body = await document<PermissionsBody>(PERMISSIONS)(request);
  if (body.outcome === 'refused') return body;
  const ids = body.value.folder_permissions?.map(parseUuid) ?? null;
  const folders = ids?.filter((id) => id !== null) ?? null;
  if (folders?.length !== ids?.length) return noResult();
  return passed({ names: namesOf(body.value), folders });
}

function namesOf({ permissions }: PermissionsBody): string[] {
  return permissions.map(({ permission }) => permission);
}

/** In these paths any text may stand for the user; what is no id is nobody's. */
function withLooseUser<Input>(read: (request: HttpRequest) => Promise<Checked<Input> | AdminRefused>) {
  return async (request: HttpRequest): Promise<Checked<{ value: Input; userId: string }> | AdminRefused> => {
    const body = await read(request);
    if (body.outcome === 'refused') return body;
    const userId = parseUuid(pathPart(request, 'user_id'));
    return userId === null ? noResult() : passed({ value: body.value, userId });
  };
}
