import type { Pool } from 'pg';
import { type AdminRefused, noResult } from '../../admin-refusal.ts';
import { PERMISSIONS, Permission, UserToService } from '../../db/entities/members.ts';
import { TemplateFolder, UserFolderPermission } from '../../db/entities/templates.ts';
import { FOR_UPDATE, type Transaction } from '../../db/transaction.ts';

type PermissionName = (typeof PERMISSIONS)[number];
type Member = { userId: string; serviceId: string };

/** The services that a user is a member of. */
export async function servicesOf(pool: Pool, userId: string): Promise<string[]> {
  const { rows } = await pool.query<{ service_id: string }>(
    'select service_id from user_to_service where user_id = $1',
    [userId],
  );
  return rows.map(({ service_id }) => service_id);
}

/** Permission names without repetition; an unknown one is as good as a row that does not exist. */
export function permissionNames(names: readonly string[]): PermissionName[] | AdminRefused {
  const known = new Set<PermissionName>();
  for (const name of names) {
    const found = PERMISSIONS.find((candidate) => candidate === name);
    if (found === undefined) return noResult();
    known.add(found);
  }
  return [...known];
}

/** Replaces what a member may do in a service. */
export async function replacePermissions(em: Transaction, member: Member, names: PermissionName[]): Promise<void> {
  await em.nativeDelete(Permission, member);
  for (const permission of names) em.create(Permission, { ...member, permission });
  await em.flush();
}

/** Replaces the folders that a member sees by those of `ids` that the service has; answers how many that were. */
export async function replaceFolders(em: Transaction, member: Member, ids: readonly string[]): Promise<number> {
  await em.nativeDelete(UserFolderPermission, member);
  const folders = await em.find(TemplateFolder, { id: { $in: [...new Set(ids)] }, serviceId: member.serviceId });
  for (const { id } of folders) em.create(UserFolderPermission, { ...member, templateFolderId: id });
  await em.flush();
  return folders.length;
}

/** Ends a membership with all that hangs on it. Locks in the order of whoever changes permissions. */
export async function removeMember(em: Transaction, member: Member): Promise<void> {
  await em.findOne(UserToService, member, FOR_UPDATE);
  await em.nativeDelete(Permission, member);
  await em.nativeDelete(UserFolderPermission, member);
  await em.nativeDelete(UserToService, member);
}
