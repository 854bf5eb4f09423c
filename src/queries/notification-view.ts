import { emailContent, emailSubject } from '../content/email.ts';
import { letterSubjectHtml } from '../content/letter.ts';
import { letterTimings } from '../content/letter-timings.ts';
import { smsMessage } from '../content/sms.ts';
import { substitute } from '../content/substitute.ts';
import { type Values, valuesByKey, valueText } from '../content/values.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { LetterView, NotificationCost, NotificationView } from '../messages.ts';
import type { LetterRates } from './letter-rates.ts';
import type { NotificationRow } from './notification-row.ts';
import type { SmsRates } from './sms-rates.ts';

export type ViewParts = {
  box: SecretBox;
  directory: Pick<Directory, 'template'>;
  smsRates: SmsRates;
  letterRates: LetterRates;
  /** The address at our API by which a recipient unsubscribes with one click. */
  unsubscribeUrl(notificationId: string, recipient: string): string;
};

/** Statuses in which the last change is shown as completion (public-api 2.5). */
const COMPLETED = new Set([
  'sent',
  'delivered',
  'technical-failure',
  'temporary-failure',
  'permanent-failure',
  'returned-letter',
  'cancelled',
  'validation-failed',
]);
/** Letters that were not printed cost nothing (public-api 2.5). */
const UNPRINTED = new Set(['cancelled', 'technical-failure', 'validation-failed', 'virus-scan-failed']);
/** What the API calls `line_1` to `line_6` and `postcode`, as keys that are told apart (content 1.2). */
const ADDRESS_KEYS = [...[1, 2, 3, 4, 5, 6].map((line) => `addressline${line}`), 'postcode'];

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
    letter: letterView(parts.box, row),
    cost:
      row.postage === null ? await cost(parts.smsRates, row, status) : await letterCost(parts.letterRates, row, status),
  };
}

/** From the moment a template is redacted, personalisation is not shown any more (content 1.7). */
function content(box: SecretBox, { type, personalisation }: NotificationRow, template: TemplateRecord) {
  const redact = template.redactPersonalisation;
  const values: Values | null = personalisation === null || redact ? null : JSON.parse(box.open(personalisation));
  if (type === 'letter') {
    const subject = letterSubjectHtml(template.subject ?? '', values, redact);
    return { body: emailContent(template.content, values, redact), subject };
  }
  if (type === 'email') {
    const subject = emailSubject(template.subject ?? '', values, redact);
    return { body: emailContent(template.content, values, redact), subject };
  }
  const body = redact ? substitute(template.content, null, { plain: true, redact }) : template.content;
  return { body: smsMessage({ body, values, prefix: null }).text, subject: null };
}

function unsubscribeUrl(parts: ViewParts, row: NotificationRow, { hasUnsubscribeLink }: TemplateRecord): string | null {
  if (row.type !== 'email') return null;
  if (row.oneClickUnsubscribeUrl !== null) return row.oneClickUnsubscribeUrl;
  return hasUnsubscribeLink ? parts.unsubscribeUrl(row.id, row.normalisedTo) : null;
}

/** The address as it was typed; it is shown even where a template is redacted. */
function letterView(box: SecretBox, { personalisation, postage, createdAt }: NotificationRow): LetterView | null {
  if (postage === null) return null;
  const values: Values = personalisation === null ? {} : JSON.parse(box.open(personalisation));
  const byKey = valuesByKey(values);
  const lines = ADDRESS_KEYS.map((key) => byKey.get(key) ?? null);
  return {
    lines: lines.map((line) => (line === null ? null : valueText(line, 'sentence'))),
    postage,
    estimatedDelivery: letterTimings(new Date(createdAt), postage).latestDelivery.getTime(),
  };
}

async function letterCost(
  rates: LetterRates,
  { postage, billableUnits, createdAt }: NotificationRow,
  status: string,
): Promise<NotificationCost> {
  const isUnknown = status === 'pending-virus-check' || (status === 'created' && billableUnits === 0);
  if (isUnknown || postage === null) return { isReady: false, inPounds: null, details: {} };
  const sheets = UNPRINTED.has(status) ? 0 : billableUnits;
  return {
    isReady: true,
    inPounds: sheets === 0 ? 0 : await rates(createdAt, sheets, postage),
    details: { billable_sheets_of_paper: sheets, postage },
  };
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
