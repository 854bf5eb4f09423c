import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { createdAt, historyKey, id, idOf, instant, shortText, templateType, updatedAt, varchar } from './columns.ts';
import { User } from './identity.ts';
import { ServiceLetterContact } from './senders.ts';
import { Service } from './services.ts';

const templateColumns = () => ({
  name: shortText(),
  templateType: templateType(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
  content: p.text(),
  serviceId: idOf(Service, 'service_id'),
  subject: p.text().nullable(),
  /** The editor of this version. */
  createdById: idOf(User, 'created_by_id'),
  archived: p.boolean().default(false),
  processType: shortText().$type<'normal' | 'priority'>().default('normal'),
  serviceLetterContactId: idOf(ServiceLetterContact, 'service_letter_contact_id').nullable(),
  /** True only for the template of precompiled letters. */
  hidden: p.boolean().default(false),
  postage: varchar().nullable(),
  broadcastData: p.json<Record<string, unknown>>().nullable(),
  hasUnsubscribeLink: p.boolean().default(false),
});

/** The current version of a template. `version` is public and counts from 1. */
export const Template = defineEntity({
  name: 'Template',
  tableName: 'templates',
  properties: { id: id(), ...templateColumns(), version: p.integer().default(1) },
});
export type Template = InferEntity<typeof Template>;

/** Every version of a template; messages render with the version that they were made with. */
export const TemplateHistory = defineEntity({
  name: 'TemplateHistory',
  tableName: 'templates_history',
  properties: { ...historyKey(), ...templateColumns() },
});

/** Whether a template's personalisation is hidden after sending; no row means no. */
export const TemplateRedacted = defineEntity({
  name: 'TemplateRedacted',
  tableName: 'template_redacted',
  properties: {
    templateId: idOf(Template, 'template_id').primary(),
    redactPersonalisation: p.boolean().default(false),
    updatedAt: createdAt(),
    updatedById: idOf(User, 'updated_by_id'),
  },
});

const templateEmailFileColumns = () => ({
  templateId: idOf(Template, 'template_id'),
  /** That came with the file as it is. */
  templateVersion: p.integer(),
  filename: varchar(),
  linkText: varchar().nullable(),
  /** Weeks. */
  retentionPeriod: p.integer(),
  validateUsersEmail: p.boolean(),
  /** Still being set up: it goes with no email. */
  pending: p.boolean(),
  createdAt: createdAt(),
  createdById: idOf(User, 'created_by_id'),
  updatedAt: updatedAt(),
  archivedAt: instant().nullable(),
  archivedById: idOf(User, 'archived_by_id').nullable(),
});

/** A file that goes with every email of a template. */
export const TemplateEmailFile = defineEntity({
  name: 'TemplateEmailFile',
  tableName: 'template_email_files',
  properties: { id: id(), ...templateEmailFileColumns(), version: p.integer().default(1) },
});
export type TemplateEmailFile = InferEntity<typeof TemplateEmailFile>;

/** Every version of a template's file that was in use. */
export const TemplateEmailFileHistory = defineEntity({
  name: 'TemplateEmailFileHistory',
  tableName: 'template_email_files_history',
  properties: { ...historyKey(), ...templateEmailFileColumns() },
});

/** A node of a service's folder tree. A parent is always of the same service. */
export const TemplateFolder = defineEntity({
  name: 'TemplateFolder',
  tableName: 'template_folder',
  properties: { id: id(), serviceId: idOf(Service, 'service_id'), name: varchar(), parentId: p.uuid().nullable() },
});

/** The folder of a template; no row means the top level. */
export const TemplateFolderMap = defineEntity({
  name: 'TemplateFolderMap',
  tableName: 'template_folder_map',
  properties: {
    templateId: idOf(Template, 'template_id').primary(),
    templateFolderId: idOf(TemplateFolder, 'template_folder_id'),
  },
});

/** A folder that a member of a service may see. */
export const UserFolderPermission = defineEntity({
  name: 'UserFolderPermission',
  tableName: 'user_folder_permissions',
  properties: {
    userId: idOf(User, 'user_id').primary(),
    templateFolderId: idOf(TemplateFolder, 'template_folder_id').primary(),
    serviceId: idOf(Service, 'service_id').primary(),
  },
});
