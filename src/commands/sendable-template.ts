import { missingPersonalisation, type PersonalisedTemplate } from '../content/personalisation.ts';
import type { Values } from '../content/values.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import { badRequest, type Checked, passed, type Refused } from '../refusal.ts';

const PERMISSION_NAMES = { sms: 'text messages', email: 'emails', letter: 'letters' } as const;

type SendableType = keyof typeof PERMISSION_NAMES;

/** A service without the permission for the channel sends nothing (public-api 4.3). */
export function permissionRefusal(service: ServiceRecord, type: SendableType): Refused | null {
  if (service.permissions.has(type)) return null;
  return badRequest(`Service is not allowed to send ${PERMISSION_NAMES[type]}`);
}

/** The current version of the service's own template of the type (public-api 4.1 step 8). */
export async function sendableTemplate(
  directory: Pick<Directory, 'template'>,
  serviceId: string,
  templateId: string,
  type: SendableType,
): Promise<Checked<TemplateRecord>> {
  const found = directory.template(serviceId, templateId);
  const template = found instanceof Promise ? await found : found;
  if (template === null || template.hidden) return badRequest('Template not found');
  if (template.type !== type) {
    return badRequest(`${template.type} template is not suitable for ${type} notification`);
  }
  return template.archived ? badRequest('Template has been deleted') : passed(template);
}

/** Names what the template wants and the request lacks, in the template's order and spelling. */
export function personalisationRefusal(template: PersonalisedTemplate, values: Values | null): Refused | null {
  const missing = missingPersonalisation(template, values);
  return missing.length === 0 ? null : badRequest(`Missing personalisation: ${missing.join(', ')}`);
}

/** Whether a personalisation value is a file to be sent by email (public-api 4.8). */
export function isFile(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, 'file');
}
