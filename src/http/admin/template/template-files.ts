import type { NewTemplateFile, TemplateFileChanges, TemplateFileView } from '../../../messages/admin-template-files.ts';
import { compileSchema } from '../../../validation/schema.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { createdAnswer, dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { document, nothing } from '../read.ts';
import { offsetTime, orNull } from '../times.ts';

const filename = { type: 'string', minLength: 1 };
const linkText = { type: ['string', 'null'] };
/** In weeks, as for files of the personalisation (public-api 4.8). */
const retentionPeriod = {
  type: 'integer',
  minimum: 1,
  maximum: 78,
  failureText: 'Unsupported value for retention_period. Supported periods are from 1 to 78 weeks.',
};

const NEW_FILE = compileSchema({
  type: 'object',
  properties: {
    id: uuid,
    filename,
    link_text: linkText,
    retention_period: retentionPeriod,
    validate_users_email: { type: 'boolean' },
    pending: { type: 'boolean' },
    created_by_id: uuid,
    file: { type: 'string' },
  },
  required: ['filename', 'created_by_id', 'retention_period', 'validate_users_email'],
});
const CHANGES = compileSchema({
  type: 'object',
  properties: {
    filename,
    link_text: linkText,
    retention_period: retentionPeriod,
    validate_users_email: { type: 'boolean' },
    pending: { type: 'boolean' },
  },
});
const ARCHIVING = compileSchema({
  type: 'object',
  properties: { archived_by_id: uuid },
  required: ['archived_by_id'],
});

const FILES = '/service/{service_id}/templates/{template_id}/template_email_files';

/** Files that go with every email of a template: a later addition to the original (internal-api 11). */
export function templateFileRoutes(parts: AdminParts): Paths {
  return {
    [FILES]: { GET: listFiles(parts), POST: createFile(parts) },
    [`${FILES}/{file_id}`]: { GET: getFile(parts), POST: updateFile(parts) },
    [`${FILES}/{file_id}/archive`]: { POST: archiveFile(parts) },
  };
}

function listFiles({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('templateFiles.list', ofTemplate(request)),
    (files) => dataAnswer(files.map(fileJson)),
  );
}

function getFile({ call }: AdminParts): OpenHandler {
  return adminHandler(nothing, (_, request) => call('templateFiles.get', oneFile(request)), fileAnswer);
}

function createFile({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<NewTemplateFile>(NEW_FILE, ['id', 'created_by_id']),
    (file, request) => call('templateFiles.create', { ...ofTemplate(request), file }),
    (file) => createdAnswer(fileJson(file)),
  );
}

function updateFile({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<TemplateFileChanges>(CHANGES),
    (changes, request) => call('templateFiles.update', { ...oneFile(request), changes }),
    fileAnswer,
  );
}

function archiveFile({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ archived_by_id: string }>(ARCHIVING, ['archived_by_id']),
    ({ archived_by_id: archivedBy }, request) => call('templateFiles.archive', { ...oneFile(request), archivedBy }),
    fileAnswer,
  );
}

function fileAnswer(file: TemplateFileView) {
  return dataAnswer(fileJson(file));
}

function fileJson(file: TemplateFileView): object {
  return {
    ...file,
    created_at: offsetTime(file.created_at),
    updated_at: orNull(offsetTime)(file.updated_at),
    archived_at: orNull(offsetTime)(file.archived_at),
  };
}

function ofTemplate(request: HttpRequest) {
  return { serviceId: pathPart(request, 'service_id'), templateId: pathPart(request, 'template_id') };
}

function oneFile(request: HttpRequest) {
  return { ...ofTemplate(request), id: pathPart(request, 'file_id') };
}
