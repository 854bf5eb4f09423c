import type { TemplateView } from '../../messages.ts';
import { wireTime, wireTimeOrNull } from '../../wire-time.ts';

/** A template version as clients read it (public-api 2.8). */
export function templateJson(template: TemplateView): object {
  return {
    id: template.id,
    type: template.type,
    name: template.name,
    created_at: wireTime(template.createdAt),
    updated_at: wireTimeOrNull(template.updatedAt),
    created_by: template.createdBy,
    version: template.version,
    subject: template.subject,
    body: template.body,
    personalisation: Object.fromEntries(template.placeholders.map((name) => [name, { required: true }])),
    postage: template.postage,
    letter_contact_block: template.letterContactBlock,
  };
}
