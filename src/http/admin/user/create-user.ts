import { fieldRefusal } from '../../../admin-refusal.ts';
import { passed } from '../../../refusal.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { createdAnswer } from '../answers.ts';
import { anyText } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { checkFields, readObject, required } from '../read.ts';
import { NEW_USER } from './user-fields.ts';
import { userJson } from './user-json.ts';

/** `POST /user` */
export function createUser({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readUser,
    (user) => call('users.create', user),
    (user) => createdAnswer(userJson(user)),
  );
}

async function readUser(request: HttpRequest) {
  const body = await readObject(request);
  if (body.outcome === 'refused') return body;
  const user = checkFields(NEW_USER, body.value);
  if (user.outcome === 'refused') return user;
  // An empty password is as good as none.
  if (!body.value['password']) return fieldRefusal('password', 'Missing data for required field.');
  const secret = checkFields({ password: required(anyText) }, body.value);
  if (secret.outcome === 'refused') return secret;
  const { name, email_address, mobile_number = null, auth_type = 'sms_auth' } = user.value;
  return passed({ name, email_address, mobile_number, auth_type, password: secret.value.password });
}
