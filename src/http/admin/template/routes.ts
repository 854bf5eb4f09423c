import type { AdminParts } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { createTemplate } from './create-template.ts';
import {
  getPrecompiledTemplate,
  getTemplate,
  getTemplateVersion,
  listTemplates,
  listTemplateVersions,
  previewTemplate,
} from './read-templates.ts';
import { templateFileRoutes } from './template-files.ts';
import { updateTemplate } from './update-template.ts';

const TEMPLATE = '/service/{service_id}/template/{template_id}';

/** Templates (internal-api 6.10). */
export function templateRoutes(parts: AdminParts): Paths {
  return {
    '/service/{service_id}/template': { GET: listTemplates(parts), POST: createTemplate(parts) },
    '/service/{service_id}/template/precompiled': { GET: getPrecompiledTemplate(parts) },
    [TEMPLATE]: { GET: getTemplate(parts), POST: updateTemplate(parts) },
    [`${TEMPLATE}/preview`]: { GET: previewTemplate(parts) },
    [`${TEMPLATE}/versions`]: { GET: listTemplateVersions(parts) },
    [`${TEMPLATE}/version/{int:version}`]: { GET: getTemplateVersion(parts) },
    ...templateFileRoutes(parts),
  };
}
