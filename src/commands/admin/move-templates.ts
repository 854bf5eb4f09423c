import { type AdminRefused, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { Template, TemplateFolder, TemplateFolderMap } from '../../db/entities/templates.ts';
import { FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import type { AdminAction, AdminActions } from '../../messages/admin.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { lockService } from './service-settings.ts';

type Move = AdminActions['templateFolders.move']['params'];

/** Moves folders and templates together, all of them or none. Moving makes no new version (internal-api 6.11). */
export function moveTemplates(parts: AdminCommandParts): AdminAction<'templateFolders.move'> {
  return (move) =>
    allOrNothing(parts, async (em) => {
      // Two moves at once could make a circle: a service's moves are made one after the other.
      if ((await lockService(em, move.serviceId)) === null) return noResult();
      const folders = await em.find(TemplateFolder, { serviceId: move.serviceId });
      const parents = new Map(folders.map(({ id, parentId }) => [id, parentId ?? null]));
      if (move.target !== null && !parents.has(move.target)) return noResult();
      for (const id of move.folders) {
        const refusal = folderRefusal(parents, id, move);
        if (refusal !== null) return refusal;
      }
      for (const folder of folders) if (move.folders.includes(folder.id)) em.assign(folder, { parentId: move.target });
      return (await moveEach(em, move)) ?? done(null);
    });
}

function folderRefusal(
  parents: ReadonlyMap<string, string | null>,
  id: string,
  { serviceId, target }: Move,
): AdminRefused | null {
  if (!parents.has(id)) return plainRefusal(400, `No folder found with id ${id} for service ${serviceId}`);
  if (id === target) return plainRefusal(400, 'You cannot move a folder to itself');
  for (let above = target; above !== null; above = parents.get(above) ?? null) {
    if (above === id) return plainRefusal(400, 'You cannot move a folder to one of its subfolders');
  }
  return null;
}

/** Archived ones stay where they are. */
async function moveEach(em: Transaction, { serviceId, target, templates }: Move): Promise<AdminRefused | null> {
  for (const id of new Set(templates)) {
    const template = await em.findOne(Template, { id, serviceId }, FOR_UPDATE);
    if (template === null) {
      const reason = `No template found with id ${id} for service ${serviceId}`;
      return plainRefusal(400, `Could not move to folder: ${reason}`);
    }
    if (template.archived) continue;
    await em.nativeDelete(TemplateFolderMap, { templateId: id });
    if (target !== null) em.create(TemplateFolderMap, { templateId: id, templateFolderId: target });
  }
  return null;
}
