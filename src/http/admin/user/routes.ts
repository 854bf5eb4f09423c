import type { AdminParts } from '../handler.ts';
import { setPermissions } from '../member/change-members.ts';
import type { Paths } from '../paths.ts';
import { activateUser, archiveUser, resetFailedLogins, updateUser } from './change-user.ts';
import { createUser } from './create-user.ts';
import { sendAlreadyRegistered, sendEmailChange, sendEmailVerification, sendPasswordReset } from './emails.ts';
import { findUsersByEmail, getAccounts, getUser, getUserByEmail, listUsers, postUserByEmail } from './read-users.ts';
import { sendCode, updatePassword, verifyCode, verifyPassword } from './sign-in.ts';

/** Users and how they sign in (internal-api 6.2). */
export function userRoutes(parts: AdminParts): Paths {
  return {
    '/user': { GET: listUsers(parts), POST: createUser(parts) },
    '/user/email': { GET: getUserByEmail(parts), POST: postUserByEmail(parts) },
    '/user/find-users-by-email': { POST: findUsersByEmail(parts) },
    '/user/reset-password': { POST: sendPasswordReset(parts) },
    '/user/{user_id}': { GET: getUser(parts), POST: updateUser(parts) },
    '/user/{user_id}/archive': { POST: archiveUser(parts) },
    '/user/{user_id}/activate': { POST: activateUser(parts) },
    '/user/{user_id}/reset-failed-login-count': { POST: resetFailedLogins(parts) },
    '/user/{user_id}/verify/password': { POST: verifyPassword(parts) },
    '/user/{user_id}/verify/code': { POST: verifyCode(parts) },
    '/user/{user_id}/update-password': { POST: updatePassword(parts) },
    '/user/{user_id}/{any:code_type}-code': { POST: sendCode(parts) },
    '/user/{user_id}/email-verification': { POST: sendEmailVerification(parts) },
    '/user/{user_id}/change-email-verification': { POST: sendEmailChange(parts) },
    '/user/{user_id}/email-already-registered': { POST: sendAlreadyRegistered(parts) },
    '/user/{user_id}/organisations-and-services': { GET: getAccounts(parts) },
    '/user/{user_id}/service/{service_id}/permission': { POST: setPermissions(parts) },
  };
}
