import { type AdminResult, done, fieldRefusal, noResult, plainRefusal } from '../../admin-refusal.ts';
import { strip } from '../../content/text/whitespace.ts';
import { Template, TemplateFolderMap, TemplateRedacted } from '../../db/entities/templates.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { TemplateChanges } from '../../messages/admin-templates.ts';
import { readTemplate } from '../../queries/admin/templates.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { contentRefusal, senderRefusal, typeRefusal } from './template-rules.ts';

const CONFLICT = plainRefusal(409, 'The template was changed by someone else at the same time');

/**
 * A redaction, another letter contact, or another content, as a new version where something changes (internal-api
 * 6.10). Of two changes that start from the same version, one is made and the other refused.
 */
export function updateTemplate(parts: AdminCommandParts): AdminAction<'templateAuthors.update'> {
  return async ({ serviceId, id, update }) => {
    const found = await findChangeable(parts, serviceId, id);
    if (found.outcome === 'refused') return found;
    const { value: seen } = found;
    try {
      const updated = await allOrNothing(parts, async (em) => {
        if (update.kind === 'redaction') return redact(em, id, update.createdBy);
        const template = await em.findOne(Template, { id }, FOR_UPDATE);
        if (template?.version !== seen.version) return CONFLICT;
        if (update.kind === 'contact') return chooseContact(em, template, update.contactId);
        return changeContent(em, template, update.changes);
      });
      if (updated.outcome === 'refused') return updated;
    } catch (error) {
      if (UNKNOWN_AUTHOR.has(brokenConstraint(error) ?? '')) return noResult();
      throw error;
    }
    parts.changed([serviceId]);
    return update.kind === 'redaction' ? done(null) : readTemplate(parts.pool, id);
  };
}

export function mayUpdateTemplate(parts: AdminCommandParts): AdminAction<'templateAuthors.mayUpdate'> {
  return async ({ serviceId, id }) => {
    const found = await findChangeable(parts, serviceId, id);
    return found.outcome === 'refused' ? found : done(null);
  };
}

/** A template of a channel that is switched on. */
async function findChangeable(parts: AdminCommandParts, serviceId: string, id: string): Promise<AdminResult<Template>> {
  const em = parts.read();
  const template = await em.findOne(Template, { id, serviceId, hidden: false });
  if (template === null) return noResult();
  return (await typeRefusal(em, serviceId, template.templateType, 'Updating')) ?? done(template);
}

const UNKNOWN_AUTHOR = new Set(['templates_created_by_id_fkey', 'template_redacted_updated_by_id_fkey']);

/** For good; doing it again changes nothing. */
async function redact(em: Transaction, templateId: string, createdBy: string | null): Promise<AdminResult<null>> {
  if (createdBy === null) return fieldRefusal('created_by', 'Field is required');
  const redaction = await em.findOne(TemplateRedacted, { templateId }, FOR_UPDATE);
  if (redaction?.redactPersonalisation) return done(null);
  const values = { redactPersonalisation: true, updatedAt: new Date(), updatedById: createdBy };
  if (redaction === null) em.create(TemplateRedacted, { templateId, ...values });
  else em.assign(redaction, values);
  return done(null);
}

/** The author stays the previous one. Only letters keep their sender. */
async function chooseContact(
  em: Transaction,
  template: Template,
  contactId: string | null,
): Promise<AdminResult<null>> {
  const { serviceId, templateType } = template;
  const refusal = contactId === null ? null : await senderRefusal(em, serviceId, templateType, contactId);
  if (refusal !== null) return refusal;
  if (templateType === 'letter') await newVersion(em, template, { serviceLetterContactId: contactId });
  return done(null);
}

async function changeContent(
  em: Transaction,
  template: Template,
  changes: TemplateChanges,
): Promise<AdminResult<null>> {
  const { templateType } = template;
  const next = {
    name: changes.name ?? template.name,
    content: changes.content ?? template.content,
    subject: changes.subject === undefined ? template.subject : changes.subject,
    archived: changes.archived ?? template.archived,
    processType: changes.process_type ?? template.processType,
    hasUnsubscribeLink: changes.has_unsubscribe_link ?? template.hasUnsubscribeLink,
    postage: templateType === 'letter' ? (changes.postage ?? template.postage) : template.postage,
  };
  if (isSame(template, next)) return done(null);
  const refusal = contentRefusal(templateType, next.content);
  if (refusal !== null) return refusal;
  const needsSubject = templateType === 'email' || templateType === 'letter';
  if (needsSubject && strip(next.subject ?? '') === '') return fieldRefusal('subject', 'Invalid template subject');
  await newVersion(em, template, { ...next, createdById: changes.created_by ?? template.createdById });
  if (next.archived) await em.nativeDelete(TemplateFolderMap, { templateId: template.id });
  return done(null);
}

function isSame<Values extends Partial<Template>>(template: Template, values: Values): boolean {
  const current: Partial<Template> = template;
  return Object.entries(values).every(([name, value]) => current[name as keyof Template] === value);
}

async function newVersion(em: Transaction, template: Template, values: Partial<Template>): Promise<void> {
  em.assign(template, { ...values, version: template.version + 1 });
  await keepVersion(em, Template, template.id);
}
