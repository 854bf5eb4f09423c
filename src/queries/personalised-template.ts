import type { PersonalisedTemplate } from '../content/personalisation.ts';
import type { TemplateRecord } from '../db/template-directory.ts';

/** The parts of a template in which placeholders are looked for (content 1.3). */
export function personalisedTemplate(template: TemplateRecord): PersonalisedTemplate {
  const { type, content: body, subject, letterContactBlock: contactBlock } = template;
  if (type === 'email') return { type, subject: subject ?? '', body };
  if (type === 'letter') return { type, subject: subject ?? '', body, contactBlock };
  return { type: 'sms', body };
}
