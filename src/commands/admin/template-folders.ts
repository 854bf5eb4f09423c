import { randomUUID } from 'node:crypto';
import { type AdminResult, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { UserToService } from '../../db/entities/members.ts';
import { TemplateFolder, TemplateFolderMap, UserFolderPermission } from '../../db/entities/templates.ts';
import { brokenConstraint, FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readTemplateFolder } from '../../queries/admin/template-folders.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { lockService } from './service-settings.ts';

const NOT_EMPTY = plainRefusal(400, 'Folder is not empty');

/** Those see it who see its parent; at the top level, every active member. */
export function createTemplateFolder(parts: AdminCommandParts): AdminAction<'templateFolders.create'> {
  return async ({ serviceId, name, parentId }) => {
    const id = randomUUID();
    const created = await allOrNothing(parts, async (em) => {
      if ((await lockService(em, serviceId)) === null) return noResult();
      if (parentId !== null && (await em.count(TemplateFolder, { id: parentId, serviceId })) === 0) {
        return plainRefusal(400, 'parent_id not found');
      }
      em.create(TemplateFolder, { id, serviceId, name, parentId });
      await em.flush();
      for (const userId of await viewers(em, serviceId, parentId)) {
        em.create(UserFolderPermission, { userId, templateFolderId: id, serviceId });
      }
      return done(null);
    });
    return created.outcome === 'refused' ? created : readTemplateFolder(parts.pool, id);
  };
}

async function viewers(em: Transaction, serviceId: string, parentId: string | null): Promise<string[]> {
  if (parentId !== null) {
    const rows = await em.find(UserFolderPermission, { templateFolderId: parentId });
    return rows.map(({ userId }) => userId);
  }
  const rows = await em.execute<{ user_id: string }[]>(
    `select m.user_id from user_to_service m join users u on u.id = m.user_id
     where m.service_id = ? and u.state = 'active'`,
    [serviceId],
  );
  return rows.map(({ user_id }) => user_id);
}

/** Another name and, where `users` are given, others who see it: all of them members. */
export function updateTemplateFolder(parts: AdminCommandParts): AdminAction<'templateFolders.update'> {
  return async ({ serviceId, id, name, users }) => {
    const updated = await allOrNothing(parts, async (em) => {
      const folder = await em.findOne(TemplateFolder, { id, serviceId }, FOR_UPDATE);
      if (folder === null) return noResult();
      em.assign(folder, { name });
      return users === null ? done(null) : showTo(em, { serviceId, templateFolderId: id }, users);
    });
    return updated.outcome === 'refused' ? updated : readTemplateFolder(parts.pool, id);
  };
}

async function showTo(
  em: Transaction,
  folder: { serviceId: string; templateFolderId: string },
  users: readonly string[],
): Promise<AdminResult<null>> {
  const userIds = [...new Set(users)];
  const members = await em.find(UserToService, { serviceId: folder.serviceId, userId: { $in: userIds } }, FOR_UPDATE);
  if (members.length < userIds.length) return noResult();
  await em.nativeDelete(UserFolderPermission, folder);
  for (const userId of userIds) em.create(UserFolderPermission, { ...folder, userId });
  return done(null);
}

/** Only an empty one goes. */
export function removeTemplateFolder(parts: AdminCommandParts): AdminAction<'templateFolders.remove'> {
  return async ({ serviceId, id }) => {
    try {
      return await allOrNothing(parts, async (em) => {
        if ((await em.findOne(TemplateFolder, { id, serviceId }, FOR_UPDATE)) === null) return noResult();
        const children = await em.count(TemplateFolder, { parentId: id });
        if (children + (await em.count(TemplateFolderMap, { templateFolderId: id })) > 0) return NOT_EMPTY;
        await em.nativeDelete(UserFolderPermission, { templateFolderId: id });
        await em.nativeDelete(TemplateFolder, { id });
        return done(null);
      });
    } catch (error) {
      if (brokenConstraint(error)?.startsWith('template_folder_')) return NOT_EMPTY;
      throw error;
    }
  };
}
