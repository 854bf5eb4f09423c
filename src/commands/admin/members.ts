import { type AdminRefused, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { User } from '../../db/entities/identity.ts';
import { UserToService } from '../../db/entities/members.ts';
import { Service } from '../../db/entities/services.ts';
import { FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readService } from '../../queries/admin/services.ts';
import { permissionNames, removeMember, replaceFolders, replacePermissions } from './memberships.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { lockService } from './service-settings.ts';

/** Replaces what a member may do and, where folders are given, sees: both or nothing. */
export function setPermissions(parts: AdminCommandParts): AdminAction<'users.setPermissions'> {
  return async ({ userId, serviceId, permissions, folders }) => {
    const names = permissionNames(permissions);
    if ('outcome' in names) return names;
    const member = { userId, serviceId };
    return allOrNothing(parts, async (em) => {
      if ((await em.findOne(UserToService, member, FOR_UPDATE)) === null) return noResult();
      await replacePermissions(em, member, names);
      const isComplete = folders === null || (await replaceFolders(em, member, folders)) === new Set(folders).size;
      return isComplete ? done(null) : noResult();
    });
  };
}

export function findMember(parts: AdminCommandParts): AdminAction<'members.find'> {
  return async (member) => ((await parts.read().count(UserToService, member)) === 0 ? noResult() : done(null));
}

export function mayJoin(parts: AdminCommandParts): AdminAction<'members.mayJoin'> {
  return async (member) => {
    const em = parts.read();
    const found = (await em.count(Service, { id: member.serviceId })) + (await em.count(User, { id: member.userId }));
    return found < 2 ? noResult() : ((await joinRefusal(em, member)) ?? done(null));
  };
}

async function joinRefusal(
  em: Transaction,
  member: { userId: string; serviceId: string },
): Promise<AdminRefused | null> {
  if ((await em.count(UserToService, member)) === 0) return null;
  return plainRefusal(400, `User id: ${member.userId} already part of service id: ${member.serviceId}`);
}

/** Folders that the service does not have are left out. */
export function addMember(parts: AdminCommandParts): AdminAction<'members.add'> {
  return async ({ userId, serviceId, permissions, folders }) => {
    const member = { userId, serviceId };
    const added = await allOrNothing(parts, async (em) => {
      if (!(await lockBoth(em, member))) return noResult();
      const refusal = await joinRefusal(em, member);
      if (refusal !== null) return refusal;
      const names = permissionNames(permissions);
      if ('outcome' in names) return names;
      em.create(UserToService, member);
      await replacePermissions(em, member, names);
      await replaceFolders(em, member, folders);
      return done(null);
    });
    if (added.outcome === 'refused') return added;
    parts.changed([serviceId]);
    return readService(parts.pool, serviceId);
  };
}

/** A service keeps at least one member. */
export function dropMember(parts: AdminCommandParts): AdminAction<'members.remove'> {
  return async ({ userId, serviceId }) => {
    const dropped = await allOrNothing(parts, async (em) => {
      if (!(await lockBoth(em, { userId, serviceId }))) return noResult();
      const members = await em.find(UserToService, { serviceId });
      if (!members.some((member) => member.userId === userId)) return plainRefusal(404, 'User not found');
      if (members.length === 1) return plainRefusal(400, 'You cannot remove the only user for a service');
      await removeMember(em, { userId, serviceId });
      return done(null);
    });
    if (dropped.outcome === 'done') parts.changed([serviceId]);
    return dropped;
  };
}

/** Who joins or leaves a service does so one after the other. False where the user or the service is unknown. */
async function lockBoth(
  em: Transaction,
  { userId, serviceId }: { userId: string; serviceId: string },
): Promise<boolean> {
  if ((await lockService(em, serviceId)) === null) return false;
  return (await em.count(User, { id: userId })) === 1;
}
