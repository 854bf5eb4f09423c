import { randomUUID } from 'node:crypto';
import {
  type AdminRefused,
  type AdminResult,
  done,
  fieldRefusal,
  noResult,
  plainRefusal,
} from '../../admin-refusal.ts';
import { normaliseKey } from '../../content/keys.ts';
import { Service, ServicePermission } from '../../db/entities/services.ts';
import { Template, TemplateEmailFile } from '../../db/entities/templates.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import { type CheckFile, filenameProblem } from '../../documents/check-file.ts';
import { decodeFile } from '../../documents/decode-file.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { NewTemplateFile, TemplateFileChanges } from '../../messages/admin-template-files.ts';
import type { ObjectStore } from '../../object-store/object-store.ts';
import { readTemplateFile } from '../../queries/admin/template-files.ts';
import { templateFileKey } from '../template-files.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

export type TemplateFileCommandParts = AdminCommandParts & {
  checkFile: CheckFile;
  store: Pick<ObjectStore, 'head' | 'put'>;
};

type Place = { serviceId: string; templateId: string };

const NOT_EMAIL = plainRefusal(400, 'Cannot add an email file to a non-email template');
const NOT_ALLOWED = plainRefusal(400, 'Updating email templates is not allowed');
const ID_TAKEN = fieldRefusal('id', 'A file with this id already exists');

/**
 * Attaches a file to a template, which gets a new version; a pending file does not count yet. The file comes in the
 * request, or was put into the object store before, as the original's admin application does it.
 */
export function createTemplateFile(parts: TemplateFileCommandParts): AdminAction<'templateFiles.create'> {
  return async ({ serviceId, templateId, file }) => {
    const place = { serviceId, templateId };
    const id = file.id ?? randomUUID();
    const refusal =
      (await templateRefusal(parts.read(), place)) ??
      (await identityRefusal(parts.read(), templateId, id, file.filename)) ??
      (await fileRefusal(parts, serviceId, id, file));
    if (refusal !== null) return refusal;
    return change(parts, place, async (em, template) => {
      const taken = await identityRefusal(em, templateId, id, file.filename);
      if (taken !== null) return taken;
      const pending = file.pending ?? false;
      em.create(TemplateEmailFile, {
        id,
        templateId,
        templateVersion: template.version + (pending ? 0 : 1),
        filename: file.filename,
        linkText: file.link_text ?? null,
        retentionPeriod: file.retention_period,
        validateUsersEmail: file.validate_users_email,
        pending,
        createdById: file.created_by_id,
      });
      if (!pending) await newVersion(em, template, id);
      return done(id);
    });
  };
}

/** A change of a file in use is a new version of it and of its template; taking a pending one into use is, too. */
export function updateTemplateFile(parts: TemplateFileCommandParts): AdminAction<'templateFiles.update'> {
  return ({ id, changes, ...place }) =>
    change(parts, place, async (em, template) => {
      const file = await em.findOne(TemplateEmailFile, { id, templateId: place.templateId, archivedAt: null });
      if (file === null) return noResult();
      const next = changed(file, changes);
      if (next.pending && !file.pending) return fieldRefusal('pending', 'A file in use cannot become pending');
      const problem = filenameProblem(next.filename);
      if (problem !== null) return fieldRefusal('filename', problem);
      if (await isNameTaken(em, place.templateId, next.filename, id)) return nameTaken(next.filename, place.templateId);
      if (isSame(file, next)) return done(id);
      const isFirst = file.pending;
      em.assign(file, { ...next, updatedAt: new Date(parts.now()) });
      if (next.pending) return done(id);
      em.assign(file, { templateVersion: template.version + 1, version: file.version + (isFirst ? 0 : 1) });
      await newVersion(em, template, id);
      return done(id);
    });
}

/** The file goes with no email from then on; doing it again changes nothing. */
export function archiveTemplateFile(parts: TemplateFileCommandParts): AdminAction<'templateFiles.archive'> {
  return ({ id, archivedBy, ...place }) =>
    change(parts, place, async (em, template) => {
      const file = await em.findOne(TemplateEmailFile, { id, templateId: place.templateId });
      if (file === null) return noResult();
      if (file.archivedAt !== null) return done(id);
      em.assign(file, { archivedAt: new Date(parts.now()), archivedById: archivedBy });
      if (file.pending) return done(id);
      em.assign(file, { templateVersion: template.version + 1, version: file.version + 1 });
      await newVersion(em, template, id);
      return done(id);
    });
}

/** Does it while nobody else changes the template; answers the file as it then is. */
async function change(
  parts: TemplateFileCommandParts,
  { serviceId, templateId }: Place,
  work: (em: Transaction, template: Template) => Promise<AdminResult<string>>,
) {
  try {
    const changed = await allOrNothing(parts, async (em) => {
      const template = await em.findOne(Template, { id: templateId, serviceId, hidden: false }, FOR_UPDATE);
      return template === null ? noResult() : work(em, template);
    });
    if (changed.outcome === 'refused') return changed;
    parts.changed([serviceId]);
    return readTemplateFile(parts.pool, { serviceId, templateId, id: changed.value });
  } catch (error) {
    const broken = brokenConstraint(error);
    if (broken === 'template_email_files_pkey') return ID_TAKEN;
    if (broken?.startsWith('template_email_files_')) return noResult();
    throw error;
  }
}

async function templateRefusal(em: Transaction, { serviceId, templateId }: Place): Promise<AdminRefused | null> {
  if ((await em.count(Service, { id: serviceId })) === 0) return noResult();
  const template = await em.findOne(Template, { id: templateId, serviceId, hidden: false });
  if (template === null) return noResult();
  if (template.templateType !== 'email') return NOT_EMAIL;
  return (await em.count(ServicePermission, { serviceId, permission: 'email' })) === 0 ? NOT_ALLOWED : null;
}

/** Asked before anything is stored: what lies under the id of another file stays as it is. */
async function identityRefusal(
  em: Transaction,
  templateId: string,
  id: string,
  filename: string,
): Promise<AdminRefused | null> {
  if ((await em.count(TemplateEmailFile, { id })) > 0) return ID_TAKEN;
  return (await isNameTaken(em, templateId, filename, id)) ? nameTaken(filename, templateId) : null;
}

/** What was sent is stored under the id, checked as every file that recipients can download. */
async function fileRefusal(
  { checkFile, store }: TemplateFileCommandParts,
  serviceId: string,
  id: string,
  { file, filename }: NewTemplateFile,
): Promise<AdminRefused | null> {
  const key = templateFileKey(serviceId, id);
  if (file === undefined) {
    const problem = filenameProblem(filename);
    if (problem !== null) return fieldRefusal('filename', problem);
    return (await store.head(key)) === null ? fieldRefusal('file', 'Missing data for required field.') : null;
  }
  const content = decodeFile(file);
  if (content === null) return fieldRefusal('file', 'Document is not base64 encoded');
  const verdict = await checkFile({ content, filename, isCsv: false });
  if (verdict.outcome === 'refused') return fieldRefusal('file', verdict.message);
  await store.put(key, content);
  return null;
}

/** Names are placeholders, and compared as those are. */
async function isNameTaken(em: Transaction, templateId: string, filename: string, id: string): Promise<boolean> {
  const others = await em.find(TemplateEmailFile, { templateId, archivedAt: null, id: { $ne: id } });
  return others.some((other) => normaliseKey(other.filename) === normaliseKey(filename));
}

function nameTaken(filename: string, templateId: string): AdminRefused {
  return plainRefusal(400, `File named ${filename} already exists for template id ${templateId}`);
}

function changed(file: TemplateEmailFile, changes: TemplateFileChanges) {
  return {
    filename: changes.filename ?? file.filename,
    linkText: changes.link_text === undefined ? file.linkText : changes.link_text || null,
    retentionPeriod: changes.retention_period ?? file.retentionPeriod,
    validateUsersEmail: changes.validate_users_email ?? file.validateUsersEmail,
    pending: changes.pending ?? file.pending,
  };
}

function isSame(file: TemplateEmailFile, next: ReturnType<typeof changed>): boolean {
  return Object.entries(next).every(([name, value]) => file[name as keyof typeof next] === value);
}

async function newVersion(em: Transaction, template: Template, fileId: string): Promise<void> {
  em.assign(template, { version: template.version + 1 });
  await keepVersion(em, Template, template.id);
  await keepVersion(em, TemplateEmailFile, fileId);
}
