import { noResult } from '../../../admin-refusal.ts';
import { parseUuid } from '../../../validation/uuid.ts';
import type { OpenHandler } from '../../route.ts';
import { dataAnswer, noContent } from '../answers.ts';
import type { FieldType } from '../field-types.ts';
import { findUser, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { nothing, onlyFields, optional } from '../read.ts';
import { USER_CHANGES } from './user-fields.ts';
import { userJson } from './user-json.ts';

/** What is no id is nobody's. */
const NOBODY = 'nobody';
const editor: FieldType<string | null> = (json) => {
  const id = typeof json === 'string' ? parseUuid(json) : null;
  return { ok: true, value: json === null ? null : (id ?? NOBODY) };
};

/** `POST /user/{user_id}` */
export function updateUser(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findUser(parts), onlyFields({ ...USER_CHANGES, updated_by: optional(editor) })),
    ({ updated_by: updatedBy = null, ...changes }, request) => {
      const { traceId: requestId } = request.trace;
      if (updatedBy === NOBODY) return Promise.resolve(noResult());
      return call('users.update', { userId: pathPart(request, 'user_id'), changes, updatedBy, requestId });
    },
    (user) => dataAnswer(userJson(user)),
  );
}

/** `POST /user/{user_id}/archive` */
export function archiveUser({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('users.archive', { userId: pathPart(request, 'user_id') }),
    noContent,
  );
}

/** `POST /user/{user_id}/activate` */
export function activateUser({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('users.activate', { userId: pathPart(request, 'user_id') }),
    (user) => dataAnswer(userJson(user)),
  );
}

/** `POST /user/{user_id}/reset-failed-login-count` */
export function resetFailedLogins({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('users.resetFailedLogins', { userId: pathPart(request, 'user_id') }),
    (user) => dataAnswer(userJson(user)),
  );
}
