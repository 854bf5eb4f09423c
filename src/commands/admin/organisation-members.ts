import { done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { User } from '../../db/entities/identity.ts';
import { Organisation, UserToOrganisation } from '../../db/entities/organisations.ts';
import { FOR_UPDATE } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readUser } from '../../queries/admin/users.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

export function addOrganisationMember(parts: AdminCommandParts): AdminAction<'organisations.addMember'> {
  return async ({ id: organisationId, userId }) => {
    const added = await allOrNothing(parts, async (em) => {
      const organisation = await em.findOne(Organisation, { id: organisationId }, FOR_UPDATE);
      if (organisation === null || (await em.count(User, { id: userId })) === 0) return noResult();
      if ((await em.count(UserToOrganisation, { organisationId, userId })) > 0) {
        return plainRefusal(400, `User id: ${userId} already part of organisation id: ${organisationId}`);
      }
      em.create(UserToOrganisation, { organisationId, userId });
      return done(null);
    });
    return added.outcome === 'refused' ? added : readUser(parts.pool, userId);
  };
}

export function removeOrganisationMember(parts: AdminCommandParts): AdminAction<'organisations.removeMember'> {
  return ({ id: organisationId, userId }) =>
    allOrNothing(parts, async (em) => {
      const organisations = await em.count(Organisation, { id: organisationId });
      if (organisations + (await em.count(User, { id: userId })) < 2) return noResult();
      const removed = await em.nativeDelete(UserToOrganisation, { organisationId, userId });
      return removed === 0 ? plainRefusal(404, 'User not found') : done(null);
    });
}
