import { emailContent, emailSubject } from '../content/email.ts';
import { smsMessage } from '../content/sms.ts';
import { substitute } from '../content/substitute.ts';
import type { Values } from '../content/values.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { NotificationCost, NotificationView } from '../messages.ts';
import type { NotificationRow } from './notification-row.ts';
import type { SmsRates } from './sms-rates.ts';

export type ViewParts = {
  box: SecretBox;
  directory: Pick<Directory, 'template'>;
  smsRates: SmsRates;
  /** The address at our API by which a recipient unsubscribes with one click. */
  unsubscribeUrl(notificationId: string, recipient: string): string;
};

/** Statuses in which the last change is shown as completion (public-api 2.5). */
const COMPLETED = new Set(['sent', 'delivered', 'technical-failure', 'temporary-failure', 'permanent-failure']);

/** Shows a stored notification, its text rendered again from the stored template version and personalisation. */
export async function notificationView(parts: ViewParts, row: NotificationRow): Promise<NotificationView> {
  const { id, type, serviceId, templateId, templateVersion, createdAt, sentAt, recipient, reference } = row;
  const template = await parts.directory.template(serviceId, templateId, templateVersion);
  if (template === null) throw new Error(`Template ${templateId} version ${templateVersion} is gone`);
  const [status = ''] = row.state.split('.');
  return {
    id,
    type,
    status,
    reference,
    recipient,
    template: { id: templateId, version: templateVersion },
    ...content(parts.box, row, template),
    createdAt,
    createdByName: row.createdByName,
    sentAt,
    completedAt: COMPLETED.has(status) ? row.updatedAt : null,
    oneClickUnsubscribeUrl: unsubscribeUrl(parts, row, template),
    cost: await cost(parts.smsRates, row, status),
  };
}

/** From the moment a template is redacted, personalisation is not shown any more (content 1.7). */
function content(box: SecretBox, { type, personalisation }: NotificationRow, template: TemplateRecord) {
  const redact = template.redactPersonalisation;
  const values: Values | null = personalisation === null || redact ? null : JSON.parse(box.open(personalisation));
  if (type === 'email') {
    const subject = emailSubject(template.subject ?? '', values, redact);
    return { body: emailContent(template.content, values, redact), subject };
  }
  const body = redact ? substitute(template.content, null, { plain: true, redact }) : template.content;
  return { body: smsMessage({ body, values, prefix: null }).text, subject: null };
}

function unsubscribeUrl(parts: ViewParts, row: NotificationRow, { hasUnsubscribeLink }: TemplateRecord): string | null {
  if (row.type === 'sms') return null;
  if (row.oneClickUnsubscribeUrl !== null) return row.oneClickUnsubscribeUrl;
  return hasUnsubscribeLink ? parts.unsubscribeUrl(row.id, row.normalisedTo) : null;
}

/** Source: public-api 2.5. The free allowance is left out of account. */
async function cost(rates: SmsRates, row: NotificationRow, status: string): Promise<NotificationCost> {
  const { type, billableUnits, rateMultiplier, createdAt } = row;
  if (type === 'email') return { isReady: true, inPounds: 0, details: {} };
  if (status === 'created' && billableUnits === 0) return { isReady: false, inPounds: null, details: {} };
  const rate = await rates(createdAt);
  const multiplier = rateMultiplier ?? 1;
  return {
    isReady: true,
    inPounds: billableUnits * multiplier * rate,
    details: { billable_sms_fragments: billableUnits, international_rate_multiplier: multiplier, sms_rate: rate },
  };
}
