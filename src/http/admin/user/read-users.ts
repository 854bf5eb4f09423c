import { plainRefusal } from '../../../admin-refusal.ts';
import { passed } from '../../../refusal.ts';
import { storableText } from '../../json.ts';
import type { HttpRequest } from '../../request.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { dataAnswer } from '../answers.ts';
import { anyText, emailAddress } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { fields, nothing, required } from '../read.ts';
import { userJson } from './user-json.ts';

/** `GET /user` */
export function listUsers({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    () => call('users.list', {}),
    (users) => dataAnswer(users.map(userJson)),
  );
}

/** `GET /user/{user_id}` */
export function getUser({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('users.get', { userId: pathPart(request, 'user_id') }),
    (user) => dataAnswer(userJson(user)),
  );
}

/** `POST /user/email` */
export function postUserByEmail({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ email: required(emailAddress) }),
    ({ email }) => call('users.getByEmail', { email }),
    (user) => dataAnswer(userJson(user)),
  );
}

/** `GET /user/email` */
export function getUserByEmail({ call }: AdminParts): OpenHandler {
  return adminHandler(
    async (request: HttpRequest) => {
      const email = storableText(request.query.get('email') ?? '');
      return email === '' ? plainRefusal(400, 'Invalid request. Email query string param required') : passed(email);
    },
    (email) => call('users.getByEmail', { email }),
    (user) => dataAnswer(userJson(user)),
  );
}

/** `POST /user/find-users-by-email` */
export function findUsersByEmail({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ email: required(anyText) }),
    ({ email }) => call('users.findByEmail', { email }),
    dataAnswer,
  );
}

/** `GET /user/{user_id}/organisations-and-services` */
export function getAccounts({ call }: AdminParts): OpenHandler {
  return adminHandler(nothing, (_, request) => call('users.accounts', { userId: pathPart(request, 'user_id') }), ok);
}
