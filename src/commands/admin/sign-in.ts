import { randomUUID } from 'node:crypto';
import { done, fieldRefusal, noResult, plainRefusal } from '../../admin-refusal.ts';
import { hashPassword, isOutdated, isPassword } from '../../crypto/password.ts';
import { User } from '../../db/entities/identity.ts';
import { oneMore } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readUser } from '../../queries/admin/users.ts';
import type { AdminCommandParts } from './parts.ts';

type Parts = Pick<AdminCommandParts, 'transact' | 'read' | 'pool' | 'threads'>;

/** A wrong password counts; the admin application refuses after ten (internal-api 6.2). */
export function checkPassword(parts: Parts): AdminAction<'users.checkPassword'> {
  return async ({ userId, password }) => {
    const user = await parts.read().findOne(User, { id: userId });
    if (user === null) return noResult();
    if (await isPassword(password, user.password, parts.threads)) {
      await setFailedLogins(parts, userId, 0);
      if (isOutdated(user.password)) await renewHash(parts, userId, user.password, password);
      return done(null);
    }
    await countFailedLogin(parts, userId);
    return fieldRefusal('password', 'Incorrect password');
  };
}

/** The same password under today's scheme, unless it was changed meanwhile. That is no change of the password. */
async function renewHash(parts: Parts, id: string, outdated: string, known: string): Promise<void> {
  const password = await hashPassword(known);
  await parts.transact((em) => em.nativeUpdate(User, { id, password: outdated }, { password }));
}

export function changePassword(parts: Parts & Pick<AdminCommandParts, 'now'>): AdminAction<'users.changePassword'> {
  return async ({ userId, password }) => {
    const values = { password: await hashPassword(password), passwordChangedAt: new Date(parts.now()) };
    await parts.transact((em) => em.nativeUpdate(User, { id: userId }, values));
    return readUser(parts.pool, userId);
  };
}

/** The address is confirmed: the user may sign in. */
export function activateUser(parts: Parts): AdminAction<'users.activate'> {
  return async ({ userId }) => {
    const user = await readUser(parts.pool, userId);
    if (user.outcome === 'refused') return user;
    if (user.value.state === 'active') return plainRefusal(400, 'User already active');
    await parts.transact((em) => em.nativeUpdate(User, { id: userId }, { state: 'active' }));
    return readUser(parts.pool, userId);
  };
}

export function resetFailedLogins(parts: Parts): AdminAction<'users.resetFailedLogins'> {
  return async ({ userId }) => {
    await setFailedLogins(parts, userId, 0);
    return readUser(parts.pool, userId);
  };
}

/** A new session: whoever was signed in elsewhere is so no more. */
export async function signIn(parts: Parts, userId: string, at: Date, validatesEmail: boolean): Promise<void> {
  await parts.transact((em) =>
    em.nativeUpdate(
      User,
      { id: userId },
      {
        currentSessionId: randomUUID(),
        loggedInAt: at,
        failedLoginCount: 0,
        ...(validatesEmail && { emailAccessValidatedAt: at }),
      },
    ),
  );
}

/** Passwords, codes and security keys share the count. */
export async function countFailedLogin(parts: Parts, userId: string): Promise<void> {
  await parts.transact((em) =>
    em.nativeUpdate(User, { id: userId }, { failedLoginCount: oneMore('failed_login_count') }),
  );
}

async function setFailedLogins(parts: Parts, userId: string, failedLoginCount: number): Promise<void> {
  await parts.transact((em) => em.nativeUpdate(User, { id: userId }, { failedLoginCount }));
}
