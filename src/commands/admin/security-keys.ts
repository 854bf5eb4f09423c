import { randomUUID } from 'node:crypto';
import { done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { User, WebauthnCredential } from '../../db/entities/identity.ts';
import { FOR_UPDATE } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readCredential } from '../../queries/admin/security-keys.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { countFailedLogin, signIn } from './sign-in.ts';

/** This route alone is stricter than passwords and codes are. Source: internal-api 6.2. */
const MAX_FAILED_LOGINS = 5;

export function createCredential(parts: AdminCommandParts): AdminAction<'securityKeys.create'> {
  return async ({ userId, name, credentialData, registrationResponse }) => {
    const id = randomUUID();
    const created = await allOrNothing(parts, async (em) => {
      if ((await em.count(User, { id: userId })) === 0) return noResult();
      const createdAt = new Date(parts.now());
      em.create(WebauthnCredential, { id, userId, name, credentialData, registrationResponse, createdAt });
      return done(null);
    });
    return created.outcome === 'refused' ? created : readCredential(parts.pool, userId, id);
  };
}

export function renameCredential(parts: AdminCommandParts): AdminAction<'securityKeys.rename'> {
  return async ({ userId, id, name }) => {
    const renamed = await allOrNothing(parts, async (em) => {
      const credential = await em.findOne(WebauthnCredential, { id, userId });
      if (credential === null) return noResult();
      em.assign(credential, { name });
      return done(null);
    });
    return renamed.outcome === 'refused' ? renamed : readCredential(parts.pool, userId, id);
  };
}

/** The last one stays: its user could not sign in any more. */
export function removeCredential(parts: AdminCommandParts): AdminAction<'securityKeys.remove'> {
  return ({ userId, id }) =>
    allOrNothing(parts, async (em) => {
      const credentials = await em.find(WebauthnCredential, { userId }, FOR_UPDATE);
      const credential = credentials.find((each) => each.id === id);
      if (credential === undefined) return noResult();
      if (credentials.length === 1) {
        return plainRefusal(400, 'Cannot delete last remaining webauthn credential for user');
      }
      em.remove(credential);
      return done(null);
    });
}

export function completeLogin(parts: AdminCommandParts): AdminAction<'securityKeys.completeLogin'> {
  return async ({ userId, successful }) => {
    const user = await parts.read().findOne(User, { id: userId });
    if (user === null) return noResult();
    if (user.failedLoginCount >= MAX_FAILED_LOGINS) return plainRefusal(403, 'Maximum login count exceeded');
    if (successful) await signIn(parts, userId, new Date(parts.now()), false);
    else await countFailedLogin(parts, userId);
    return done(null);
  };
}
