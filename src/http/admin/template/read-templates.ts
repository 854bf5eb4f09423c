import { passed } from '../../../refusal.ts';
import { storableText } from '../../json.ts';
import type { HttpRequest } from '../../request.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { nothing } from '../read.ts';
import { templateJson, templateVersionJson } from './template-json.ts';

/** `GET /service/{service_id}/template`: whole, or as the list shows them. */
export function listTemplates({ call }: AdminParts): OpenHandler {
  const whole = adminHandler(
    nothing,
    (_, request) => call('templateAuthors.list', inService(request)),
    (templates) => dataAnswer(templates.map(templateJson)),
  );
  const brief = adminHandler(
    nothing,
    (_, request) => call('templateAuthors.listBrief', inService(request)),
    dataAnswer,
  );
  return (request) => ((request.query.get('detailed') ?? 'True') === 'True' ? whole : brief)(request);
}

/** `GET /service/{service_id}/template/{template_id}` */
export function getTemplate({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('templateAuthors.get', ofService(request)),
    (template) => dataAnswer(templateJson(template)),
  );
}

/** `GET /service/{service_id}/template/{template_id}/version/{version}` */
export function getTemplateVersion({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('templateAuthors.version', { ...ofService(request), version: Number(pathPart(request, 'version')) }),
    (version) => dataAnswer(templateVersionJson(version)),
  );
}

/** `GET /service/{service_id}/template/{template_id}/versions` */
export function listTemplateVersions({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('templateAuthors.versions', ofService(request)),
    (versions) => dataAnswer(versions.map(templateVersionJson)),
  );
}

/** `GET /service/{service_id}/template/{template_id}/preview`, the query being the personalisation. */
export function previewTemplate({ call }: AdminParts): OpenHandler {
  return adminHandler(
    async ({ query }) => passed(queryValues(query)),
    (personalisation, request) => call('templateAuthors.preview', { ...ofService(request), personalisation }),
    (template) => ok(templateJson(template)),
  );
}

/** `GET /service/{service_id}/template/precompiled` */
export function getPrecompiledTemplate({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('templateAuthors.precompiled', inService(request)),
    (template) => ok(templateJson(template)),
  );
}

const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });

export const ofService = (request: HttpRequest) => ({ ...inService(request), id: pathPart(request, 'template_id') });

/** The first value of each name. */
function queryValues(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => [storableText(name), storableText(query.get(name) ?? '')]),
  );
}
