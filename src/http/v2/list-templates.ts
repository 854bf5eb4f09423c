import type { Call, TemplateType } from '../../messages.ts';
import { refusalAnswer } from '../error-response.ts';
import { checkDocument } from '../json-document.ts';
import { readQuery } from '../query.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { validateListTemplates } from '../schemas/templates.ts';
import { templateJson } from './template-json.ts';

/** `GET /v2/templates` (public-api 2.8). */
export function listTemplates({ call }: { call: Call }): ServiceHandler {
  return async (request, { service }) => {
    const query = checkDocument<{ type?: TemplateType }>(readQuery(request.query), validateListTemplates);
    if (query.outcome === 'refused') return refusalAnswer(query);
    const { templates } = await call('templates.list', { serviceId: service.id, type: query.value.type ?? null });
    return ok({ templates: templates.map(templateJson) });
  };
}
