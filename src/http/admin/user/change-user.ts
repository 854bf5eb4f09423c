import type { OpenHandler } from '../../route.ts';
import { dataAnswer, noContent } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { nothing, onlyFields } from '../read.ts';
import { USER_CHANGES } from './user-fields.ts';
import { userJson } from './user-json.ts';

/** `POST /user/{user_id}` */
export function updateUser({ call }: AdminParts): OpenHandler {
  return adminHandler(
    onlyFields(USER_CHANGES),
    ({ updated_by: updatedBy = null, ...changes }, request) => {
      const { traceId: requestId } = request.trace;
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
