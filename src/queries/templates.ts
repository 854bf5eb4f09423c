import type { Pool } from 'pg';
import { requiredPersonalisation } from '../content/personalisation.ts';
import type { Directory } from '../db/cached-directory.ts';
import { listTemplates as loadTemplates, type TemplateRecord } from '../db/template-directory.ts';
import type { Actions, TemplateView } from '../messages.ts';
import { noResultFound } from '../refusal.ts';
import { personalisedTemplate } from './personalised-template.ts';

type Get = Actions['templates.get'];
type List = Actions['templates.list'];
export type GetTemplate = (request: Get['params']) => Promise<Get['result']>;
export type ListTemplates = (request: List['params']) => Promise<List['result']>;

/** No template has been edited more often: PostgreSQL's `integer` holds no larger number. */
const MAX_VERSION = 2_147_483_647;

/** A template version of a service; archived ones are shown, hidden ones are not (public-api 2.8). */
export function getTemplate({ directory }: { directory: Pick<Directory, 'template'> }): GetTemplate {
  return async ({ serviceId, id, version }) => {
    if (version !== null && version > MAX_VERSION) return noResultFound();
    const template = await directory.template(serviceId, id, version ?? undefined);
    if (template === null || template.hidden) return noResultFound();
    return { outcome: 'found', template: templateView(template) };
  };
}

/** The current templates of a service, neither archived nor hidden, by name and type. */
export function listTemplates({ pool }: { pool: Pool }): ListTemplates {
  return async ({ serviceId, type }) => {
    const templates = await loadTemplates(pool, serviceId, type ?? undefined);
    return { templates: templates.filter((template) => template.type !== 'broadcast').map(templateView) };
  };
}

function templateView(template: TemplateRecord): TemplateView {
  const { id, type, name, createdAt, updatedAt, createdBy, version, subject, content } = template;
  const isLetter = type === 'letter';
  return {
    id,
    type,
    name,
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt?.getTime() ?? null,
    createdBy,
    version,
    subject,
    body: content,
    placeholders: requiredPersonalisation(personalisedTemplate(template)),
    postage: isLetter ? template.postage : null,
    letterContactBlock: isLetter ? template.letterContactBlock : null,
  };
}
