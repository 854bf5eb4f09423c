import { randomUUID } from 'node:crypto';
import { type AdminRefused, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { Service } from '../../db/entities/services.ts';
import { Template, TemplateFolder, TemplateFolderMap, TemplateRedacted } from '../../db/entities/templates.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { NewTemplate } from '../../messages/admin-templates.ts';
import { readTemplate } from '../../queries/admin/templates.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { contentRefusal, senderRefusal, typeRefusal } from './template-rules.ts';

const DEFAULT_POSTAGE = 'second';

/** Version 1 of a template, checked in the order of internal-api 6.10. */
export function createTemplate(parts: AdminCommandParts): AdminAction<'templateAuthors.create'> {
  return async (asked) => {
    const id = randomUUID();
    try {
      const created = await allOrNothing(parts, async (em) => {
        const refusal = await templateRefusal(em, asked);
        if (refusal !== null) return refusal;
        await store(em, id, asked);
        return done(null);
      });
      if (created.outcome === 'refused') return created;
    } catch (error) {
      if (brokenConstraint(error)?.includes('created_by_id')) return noResult();
      throw error;
    }
    parts.changed([asked.service]);
    return readTemplate(parts.pool, id);
  };
}

async function templateRefusal(em: Transaction, asked: NewTemplate): Promise<AdminRefused | null> {
  const { service: serviceId, template_type: type, parent_folder_id: folder, reply_to: contact } = asked;
  if ((await em.count(Service, { id: serviceId })) === 0) return noResult();
  if (folder !== undefined && (await em.count(TemplateFolder, { id: folder, serviceId })) === 0) {
    return plainRefusal(400, 'parent_folder_id not found');
  }
  return (
    (await typeRefusal(em, serviceId, type, 'Creating')) ??
    contentRefusal(type, asked.content) ??
    (contact === undefined ? null : await senderRefusal(em, serviceId, 'letter', contact))
  );
}

async function store(em: Transaction, id: string, asked: NewTemplate): Promise<void> {
  const { name, template_type, content, service, created_by, subject = null, process_type = 'normal' } = asked;
  const isLetter = template_type === 'letter';
  em.create(Template, {
    id,
    name,
    templateType: template_type,
    content,
    subject,
    serviceId: service,
    createdById: created_by,
    processType: process_type,
    hasUnsubscribeLink: asked.has_unsubscribe_link ?? false,
    postage: isLetter ? (asked.postage ?? DEFAULT_POSTAGE) : null,
    serviceLetterContactId: isLetter ? (asked.reply_to ?? null) : null,
  });
  await keepVersion(em, Template, id);
  em.create(TemplateRedacted, { templateId: id, updatedById: created_by });
  const { parent_folder_id: templateFolderId } = asked;
  if (templateFolderId !== undefined) em.create(TemplateFolderMap, { templateId: id, templateFolderId });
}
