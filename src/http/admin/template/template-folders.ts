import { strip } from '../../../content/text/whitespace.ts';
import { compileSchema, type PropertySchema } from '../../../validation/schema.ts';
import { parseUuid } from '../../../validation/uuid.ts';
import type { HttpRequest } from '../../request.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { createdAnswer, dataAnswer, noContent } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { document, nothing } from '../read.ts';

const name = { type: 'string', minLength: 1 };
const ids: PropertySchema = { type: 'array', items: uuid };

const NEW_FOLDER = compileSchema({
  type: 'object',
  properties: { name, parent_id: { ...uuid, type: ['string', 'null'] } },
  required: ['name', 'parent_id'],
});
const CHANGES = compileSchema({
  type: 'object',
  properties: { name, users_with_permission: ids },
  required: ['name'],
});
const CONTENTS = compileSchema({
  type: 'object',
  properties: { templates: ids, folders: ids },
  required: ['templates', 'folders'],
});

const FOLDERS = '/service/{service_id}/template-folder';

/** Template folders (internal-api 6.11). */
export function templateFolderRoutes(parts: AdminParts): Paths {
  return {
    [FOLDERS]: { GET: listFolders(parts), POST: createFolder(parts) },
    [`${FOLDERS}/contents`]: { POST: moveContents(parts, () => null) },
    [`${FOLDERS}/{folder_id}/contents`]: { POST: moveContents(parts, (request) => pathPart(request, 'folder_id')) },
    [`${FOLDERS}/{folder_id}`]: { POST: updateFolder(parts), DELETE: removeFolder(parts) },
  };
}

function listFolders({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('templateFolders.list', inService(request)),
    (folders) => ok({ template_folders: folders }),
  );
}

function createFolder({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ name: string; parent_id: string | null }>(NEW_FOLDER, ['parent_id']),
    ({ name, parent_id: parentId }, request) =>
      call('templateFolders.create', { ...inService(request), name: strip(name), parentId }),
    createdAnswer,
  );
}

function updateFolder({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ name: string; users_with_permission?: string[] }>(CHANGES),
    ({ name, users_with_permission: users }, request) =>
      call('templateFolders.update', {
        ...ofService(request),
        name,
        users: users === undefined ? null : stored(users),
      }),
    dataAnswer,
  );
}

function removeFolder({ call }: AdminParts): OpenHandler {
  return adminHandler(nothing, (_, request) => call('templateFolders.remove', ofService(request)), noContent);
}

function moveContents({ call }: AdminParts, targetOf: (request: HttpRequest) => string | null): OpenHandler {
  return adminHandler(
    document<{ templates: string[]; folders: string[] }>(CONTENTS),
    ({ templates, folders }, request) =>
      call('templateFolders.move', {
        ...inService(request),
        target: targetOf(request),
        templates: stored(templates),
        folders: stored(folders),
      }),
    noContent,
  );
}

const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });
const ofService = (request: HttpRequest) => ({ ...inService(request), id: pathPart(request, 'folder_id') });

/** Ids as they are stored, however they were spelled. */
function stored(given: readonly string[]): string[] {
  return given.flatMap((id) => parseUuid(id) ?? []);
}
