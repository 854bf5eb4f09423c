import type { Pool } from 'pg';
import { type AdminRefused, type AdminResult, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { EMAIL_MAX_BYTES, emailContent, isContentEmpty } from '../../content/email.ts';
import { missingPersonalisation } from '../../content/personalisation.ts';
import { parsePhoneNumber } from '../../content/phone-number.ts';
import { isAllowedRecipient } from '../../content/recipients.ts';
import { SMS_MAX_CHARACTERS, smsMessage } from '../../content/sms.ts';
import type { Values } from '../../content/values.ts';
import type { ServiceRecord } from '../../db/service-directory.ts';
import type { TemplateRecord } from '../../db/template-directory.ts';
import type { AdminAction, AdminActions } from '../../messages/admin.ts';
import { personalisedTemplate } from '../../queries/personalised-template.ts';
import { placedFiles, withFileNames } from '../../queries/placed-files.ts';
import { acceptLetter, type LetterSendParts, newLetter } from '../accept-letter.ts';
import { type EmailFilesParts, filesAsLinks, type LinkedFiles } from '../email-files.ts';
import type { EmailRecipient } from '../file-link.ts';
import { acceptMessage, type SendParts } from '../send-parts.ts';
import { oneOffAddress, oneOffRecipient } from './one-off-recipient.ts';

export type OneOffParts = SendParts & EmailFilesParts & LetterSendParts & { pool: Pool };

export type OneOff = AdminActions['serviceNotifications.send']['params'];

const TRIAL_MODE =
  'Can’t send to this recipient when service is in trial mode – see https://www.notifications.service.gov.uk/trial-mode';

/** $1 user, $2 service. */
const SENDER = `
select name, exists (select from user_to_service where user_id = $1 and service_id = $2) as "isMember"
from users where id = $1`;

/** A member sends one message. The guest list and the channel's permission do not count (internal-api 6.15). */
export function sendOneOff(parts: OneOffParts): AdminAction<'serviceNotifications.send'> {
  return async (asked) => {
    const service = await parts.directory.service(asked.serviceId);
    const template = service && (await parts.directory.template(service.id, asked.templateId));
    if (service === null || template === null || template.hidden) return noResult();
    const refusal = templateRefusal(template, withFileNames(placedFiles(template), asked.personalisation));
    if (refusal !== null) return refusal;
    const { type } = template;
    if (type === 'broadcast') return plainRefusal(400, 'A broadcast is no notification');
    const limit = service.dailyLimits[type];
    const place = await parts.limits.reserveDaily({ serviceId: service.id, keyType: 'normal', type, limit });
    if (place.outcome === 'over-daily') return plainRefusal(429, `Exceeded send limits (${limit}) for today`);
    let isStored = false;
    try {
      const sent = await store(parts, service, { ...template, type }, asked);
      isStored = sent.outcome === 'done';
      return sent;
    } finally {
      if (!isStored) place.release();
    }
  };
}

function templateRefusal(template: TemplateRecord, values: Values | null): AdminRefused | null {
  const { type, content } = template;
  if (template.archived) return plainRefusal(400, 'Template has been deleted');
  const missing = missingPersonalisation(personalisedTemplate(template), values);
  if (missing.length > 0) return plainRefusal(400, `Missing personalisation: ${missing.join(', ')}`);
  const text = type === 'sms' ? smsMessage({ body: content, values, prefix: null }) : null;
  if (text?.isEmpty ?? isContentEmpty(content, values)) return plainRefusal(400, 'Your message is empty.');
  if (text?.isTooLong) {
    const limit = `Text messages cannot be longer than ${SMS_MAX_CHARACTERS} characters`;
    return tooLong(limit, `${text.characterCountWithoutPrefix} characters long`);
  }
  const bytes = type === 'email' ? Buffer.byteLength(emailContent(content, values)) : 0;
  if (bytes > EMAIL_MAX_BYTES)
    return tooLong(`Emails cannot be longer than ${EMAIL_MAX_BYTES} bytes`, `${bytes} bytes`);
  return null;
}

function tooLong(limit: string, length: string): AdminRefused {
  return plainRefusal(400, `Your message is too long. ${limit}. Your message is ${length}.`);
}

async function store(
  parts: OneOffParts,
  service: ServiceRecord,
  template: TemplateRecord & { type: 'sms' | 'email' | 'letter' },
  asked: OneOff,
): Promise<AdminResult<{ id: string }>> {
  const { recipient } = asked;
  if (recipient === '') return plainRefusal(400, "Recipient can't be empty");
  if (service.restricted && !isAllowedRecipient(recipient, service.teamRecipients))
    return plainRefusal(400, TRIAL_MODE);
  const { type } = template;
  return type === 'letter'
    ? storeLetter(parts, service, template, asked)
    : storeMessage(parts, service, { ...template, type }, asked);
}

async function storeMessage(
  parts: OneOffParts,
  service: ServiceRecord,
  template: TemplateRecord & { type: 'sms' | 'email' },
  { recipient: typed, createdBy, personalisation, senderId, requestId }: OneOff,
): Promise<AdminResult<{ id: string }>> {
  const recipient = oneOffRecipient(service, template.type, typed);
  if (recipient.outcome === 'refused') return recipient;
  const notMember = await memberRefusal(parts.pool, service, createdBy);
  if (notMember !== null) return notMember;
  const sender = senderText(service, template.type, senderId);
  if (sender.outcome === 'refused') return sender;
  const to = { normalised: recipient.value.normalisedTo, isSimulated: false };
  const linked = await withFiles(parts, service, template, personalisation, to);
  if (linked.outcome === 'refused') return linked;
  const { values, fileCount } = linked.value;
  const { id } = await acceptMessage(parts, {
    ...recipient.value,
    serviceId: service.id,
    notificationType: template.type,
    keyType: 'normal',
    templateId: template.id,
    templateVersion: template.version,
    apiKeyId: null,
    createdById: createdBy,
    clientReference: null,
    personalisation: values,
    documentDownloadCount: fileCount,
    replyToText: sender.value,
    oneClickUnsubscribeUrl: null,
    requestId,
    isSimulated: false,
  });
  return done({ id });
}

/** Texts have no files. */
async function withFiles(
  parts: EmailFilesParts,
  service: ServiceRecord,
  template: TemplateRecord,
  values: Values | null,
  recipient: EmailRecipient,
): Promise<AdminResult<LinkedFiles>> {
  if (template.type !== 'email') return done({ values, fileCount: null });
  const linked = await filesAsLinks(parts, service, values, recipient, placedFiles(template));
  if (linked.outcome === 'passed') return done(linked.value);
  return plainRefusal(linked.status, linked.errors.map(({ message }) => message).join(' '));
}

async function storeLetter(
  parts: OneOffParts,
  service: ServiceRecord,
  template: TemplateRecord,
  { createdBy, personalisation, requestId }: OneOff,
): Promise<AdminResult<{ id: string }>> {
  const values = personalisation ?? {};
  const address = oneOffAddress(service, template, values);
  if (address.outcome === 'refused') return address;
  const notMember = await memberRefusal(parts.pool, service, createdBy);
  if (notMember !== null) return notMember;
  const letter = newLetter(parts);
  await acceptLetter(parts, letter, {
    ...address.value,
    serviceId: service.id,
    keyType: 'normal',
    isPrecompiled: false,
    templateId: template.id,
    templateVersion: template.version,
    apiKeyId: null,
    createdById: createdBy,
    clientReference: typeof values['reference'] === 'string' ? values['reference'] : null,
    personalisation: values,
    replyToText: template.letterContactBlock,
    requestId,
  });
  return done({ id: letter.id });
}

async function memberRefusal(pool: Pool, service: ServiceRecord, userId: string): Promise<AdminRefused | null> {
  const { rows } = await pool.query<{ name: string; isMember: boolean }>(SENDER, [userId, service.id]);
  const [user] = rows;
  if (user === undefined) return noResult();
  if (user.isMember) return null;
  return plainRefusal(400, `Can’t create notification - ${user.name} is not part of the "${service.name}" service`);
}

/** The chosen or default sender. */
function senderText(service: ServiceRecord, type: 'sms' | 'email', id: string | null): AdminResult<string | null> {
  const isChosen = (sender: { id: string; isDefault: boolean }) => (id === null ? sender.isDefault : sender.id === id);
  const chosen =
    type === 'sms' ? service.smsSenders.find(isChosen)?.smsSender : service.replyTos.find(isChosen)?.emailAddress;
  if (chosen === undefined && id !== null) {
    return plainRefusal(400, type === 'sms' ? 'SMS sender not found' : 'Reply to email address not found');
  }
  const number = type === 'sms' && chosen !== undefined ? parsePhoneNumber(chosen) : null;
  return done(number?.ok ? number.normalised : (chosen ?? null));
}
