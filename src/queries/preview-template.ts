import { emailContent, emailSubject, emailSubjectHtml } from '../content/email.ts';
import { missingPersonalisation } from '../content/personalisation.ts';
import { smsMessage } from '../content/sms.ts';
import type { Values } from '../content/values.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { Actions } from '../messages.ts';
import { badRequest, noResultFound } from '../refusal.ts';
import type { EmailRendering } from '../threads/email-rendering.ts';
import { personalisedTemplate } from './personalised-template.ts';
import { placedFiles, withFileNames } from './placed-files.ts';

type Preview = Actions['templates.preview'];
export type PreviewTemplate = (request: Preview['params']) => Promise<Preview['result']>;

export type PreviewParts = Pick<EmailRendering, 'renderEmailBody'> & { directory: Pick<Directory, 'template'> };

/** A template filled in; archived ones too (public-api 2.9). Where a file's link will be stands its name. */
export function previewTemplate({ directory, renderEmailBody }: PreviewParts): PreviewTemplate {
  return async ({ serviceId, id, personalisation }) => {
    const template = await directory.template(serviceId, id);
    if (template === null || template.hidden) return noResultFound();
    const values = withFileNames(placedFiles(template), personalisation);
    const missing = missingPersonalisation(personalisedTemplate(template), values);
    if (missing.length > 0) return badRequest(`Missing personalisation: ${missing.join(', ')}`);
    const { type, version, postage } = template;
    return {
      outcome: 'previewed',
      id,
      type,
      version,
      ...(await filled(template, values, renderEmailBody)),
      postage: type === 'letter' ? postage : null,
    };
  };
}

/** A letter's subject is escaped, its body is not. Source: public-api 2.3. */
async function filled(
  { type, subject, content }: TemplateRecord,
  values: Values | null,
  renderEmailBody: PreviewParts['renderEmailBody'],
) {
  if (type === 'sms' || type === 'broadcast') {
    return { subject: null, body: smsMessage({ body: content, values, prefix: null }).text, html: null };
  }
  const body = emailContent(content, values);
  if (type === 'letter') return { subject: emailSubjectHtml(subject ?? '', values), body, html: null };
  const html = await renderEmailBody({ body: content, values });
  return { subject: emailSubject(subject ?? '', values), body, html };
}
