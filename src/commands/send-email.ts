import { EMAIL_MAX_BYTES, emailContent, emailSubject, isContentEmpty } from '../content/email.ts';
import { parseEmailAddress } from '../content/email-address.ts';
import { sanitisePersonalisation } from '../content/sanitise-content-for.ts';
import type { Values } from '../content/values.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { SendEmailRequest, SentEmail } from '../messages.ts';
import { placedFiles, withFileNames } from '../queries/placed-files.ts';
import { badRequest, type Checked, passed, type Refused, refused } from '../refusal.ts';
import { recipientRefusal } from './allowed-recipient.ts';
import { type EmailFilesParts, filesAsLinks, type LinkedFiles } from './email-files.ts';
import type { EmailRecipient } from './file-link.ts';
import { acceptMessage, callersService, type SendParts } from './send-parts.ts';
import { permissionRefusal, personalisationRefusal, sendableTemplate } from './sendable-template.ts';

export type SendEmail = (request: SendEmailRequest) => Promise<SentEmail | Refused>;

export type SendEmailParts = SendParts &
  EmailFilesParts & {
    /** Domain of every sender address. */
    emailDomain: string;
  };

/** For smoke tests: accepted like any other, and never stored. Source: public-api 4.6. */
const SIMULATED_ADDRESSES = new Set([
  'simulate-delivered@notifications.service.gov.uk',
  'simulate-delivered-2@notifications.service.gov.uk',
  'simulate-delivered-3@notifications.service.gov.uk',
]);

/** Every check of public-api 4.1 from the permission on, then stores the message. Repeating it sends again. */
export function sendEmail(parts: SendEmailParts): SendEmail {
  return async (request) => {
    const service = await callersService(parts, request.serviceId);
    const notPermitted = permissionRefusal(service, 'email');
    if (notPermitted && !request.isLegacy) return notPermitted;
    const { values: given, changes } = sanitise(request);
    const found = await sendableTemplate(parts.directory, service.id, request.templateId, 'email');
    if (found.outcome === 'refused') return found;
    const template = found.value;
    const files = placedFiles(template);
    const incomplete = contentRefusal(template, withFileNames(files, given));
    if (incomplete) return incomplete;
    const replyTo = replyToAddress(service, request.emailReplyToId);
    if (replyTo.outcome === 'refused') return replyTo;
    const notAllowed = recipientRefusal(service, request.keyType, request.emailAddress);
    if (notAllowed) return notAllowed;
    if (notPermitted) return notPermitted;
    const address = parseEmailAddress(request.emailAddress);
    if (!address.ok) return refused(400, 'InvalidEmailError', address.message);
    const recipient = { ...address, isSimulated: SIMULATED_ADDRESSES.has(address.normalised) };
    const linked = await filesAsLinks(parts, service, given, recipient, files);
    if (linked.outcome === 'refused') return linked;

    const { values } = linked.value;
    const body = emailContent(template.content, values);
    const bytes = Buffer.byteLength(body);
    if (bytes > EMAIL_MAX_BYTES) return tooLong(bytes);
    const accepted = await store(parts, request, template, recipient, { ...linked.value, replyTo: replyTo.value });
    return {
      outcome: 'sent',
      ...accepted,
      body,
      subject: emailSubject(template.subject ?? '', values),
      fromEmail: `${service.emailSenderLocalPart}@${parts.emailDomain}`,
      template: { id: template.id, version: template.version },
      sanitisedContent: changes,
    };
  };
}

type Recipient = EmailRecipient & { address: string };
type Filled = LinkedFiles & { replyTo: string | null };

function store(
  parts: SendEmailParts,
  request: SendEmailRequest,
  template: TemplateRecord,
  { address, normalised, isSimulated }: Recipient,
  { values, fileCount, replyTo }: Filled,
) {
  return acceptMessage(parts, {
    serviceId: request.serviceId,
    notificationType: 'email',
    keyType: request.keyType,
    international: false,
    receiptsBelieved: true,
    templateId: template.id,
    templateVersion: template.version,
    apiKeyId: request.apiKeyId,
    recipient: address,
    normalisedTo: normalised,
    clientReference: request.reference,
    personalisation: values,
    documentDownloadCount: fileCount,
    phonePrefix: null,
    rateMultiplier: null,
    replyToText: replyTo,
    oneClickUnsubscribeUrl: request.oneClickUnsubscribeUrl,
    requestId: request.requestId,
    isSimulated,
  });
}

/** Keys that are not text match nothing. */
function sanitise({ personalisation, sanitiseContentFor }: SendEmailRequest) {
  const keys = sanitiseContentFor.filter((key) => typeof key === 'string');
  if (personalisation === null || keys.length === 0) return { values: personalisation, changes: {} };
  return sanitisePersonalisation(personalisation, keys);
}

function contentRefusal({ subject, content }: TemplateRecord, values: Values | null): Refused | null {
  const missing = personalisationRefusal({ type: 'email', subject: subject ?? '', body: content }, values);
  if (missing) return missing;
  return isContentEmpty(content, values) ? badRequest('Your message is empty.') : null;
}

/** The chosen or default reply-to address; null where the service has none. */
function replyToAddress(service: ServiceRecord, replyToId: string | null): Checked<string | null> {
  if (replyToId === null) return passed(service.replyTos.find(({ isDefault }) => isDefault)?.emailAddress ?? null);
  const chosen = service.replyTos.find(({ id }) => id === replyToId);
  if (chosen !== undefined) return passed(chosen.emailAddress);
  return badRequest(`email_reply_to_id ${replyToId} does not exist in database for service id ${service.id}`);
}

function tooLong(bytes: number): Refused {
  return badRequest(
    `Your message is too long. Emails cannot be longer than ${EMAIL_MAX_BYTES} bytes. Your message is ${bytes} bytes.`,
  );
}
