import { randomUUID } from 'node:crypto';
import { type AdminRefused, done, fieldRefusal, noResult, plainRefusal } from '../../admin-refusal.ts';
import { broadcastContent } from '../../content/broadcast-content.ts';
import { SMS_MAX_CHARACTERS, smsMessage } from '../../content/sms.ts';
import { ServiceLetterContact } from '../../db/entities/senders.ts';
import { Service, ServicePermission } from '../../db/entities/services.ts';
import { Template, TemplateFolder, TemplateFolderMap, TemplateRedacted } from '../../db/entities/templates.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { NewTemplate } from '../../messages/admin-templates.ts';
import { readTemplate } from '../../queries/admin/templates.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

const TYPE_NAMES = { sms: 'text message', email: 'email', letter: 'letter', broadcast: 'broadcast message' } as const;
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
  if ((await em.count(ServicePermission, { serviceId, permission: type })) === 0) {
    return fieldRefusal('template_type', `Creating ${TYPE_NAMES[type]} templates is not allowed`, 403);
  }
  if (isTooLong(asked)) {
    return fieldRefusal('content', `Content has a character count greater than the limit of ${SMS_MAX_CHARACTERS}`);
  }
  if (contact !== undefined && (await em.count(ServiceLetterContact, { id: contact, serviceId })) === 0) {
    return plainRefusal(400, `letter_contact_id ${contact} does not exist in database for service id ${serviceId}`);
  }
  return null;
}

/** Broadcasts have limits of their own; the text of the refusal is the same. */
function isTooLong({ template_type, content }: NewTemplate): boolean {
  if (template_type === 'sms') return smsMessage({ body: content, values: null, prefix: null }).isTooLong;
  return template_type === 'broadcast' && broadcastContent(content, null).isTooLong;
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
    postage: isLetter ? (asked.postage ?? DEFAULT_POSTAGE) : null,
    serviceLetterContactId: isLetter ? (asked.reply_to ?? null) : null,
  });
  await keepVersion(em, Template, id);
  em.create(TemplateRedacted, { templateId: id, updatedById: created_by });
  const { parent_folder_id: templateFolderId } = asked;
  if (templateFolderId !== undefined) em.create(TemplateFolderMap, { templateId: id, templateFolderId });
}
