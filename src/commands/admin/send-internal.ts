import { type AdminRefused, type AdminResult, done, plainRefusal } from '../../admin-refusal.ts';
import { NOTIFY_SERVICE_ID } from '../../built-in.ts';
import { parseEmailAddress } from '../../content/email-address.ts';
import { type PhoneNumber, parsePhoneNumber, phoneNumberRefusal } from '../../content/phone-number.ts';
import type { ServiceRecord } from '../../db/service-directory.ts';
import { acceptMessage, callersService, type SendParts } from '../send-parts.ts';

/** A message of the built-in service (internal-api 5). */
export type InternalMessage = {
  templateId: string;
  recipient: string;
  personalisation: Record<string, string>;
  /** Emails: where answers go; by default the built-in service's own reply-to address. */
  replyTo?: string;
  requestId: string;
};

/** Resolves with the message's id when it is durable. Refuses a recipient that cannot be written to. */
export type SendInternal = (message: InternalMessage) => Promise<AdminResult<{ id: string }>>;

type Recipient = Pick<
  Parameters<typeof acceptMessage>[1],
  | 'notificationType'
  | 'recipient'
  | 'normalisedTo'
  | 'international'
  | 'receiptsBelieved'
  | 'phonePrefix'
  | 'rateMultiplier'
  | 'replyToText'
>;

/** Codes and invitations go past permissions and limits: they are notifications with a normal key and no API key. */
export function sendInternal(parts: SendParts): SendInternal {
  return async (message) => {
    const service = await callersService(parts, NOTIFY_SERVICE_ID);
    const template = await parts.directory.template(service.id, message.templateId);
    if (template === null) throw new Error(`Built-in template ${message.templateId} is gone`);
    const recipient = template.type === 'sms' ? textRecipient(service, message) : emailRecipient(service, message);
    if ('outcome' in recipient) return recipient;
    const { id } = await acceptMessage(parts, {
      ...recipient,
      serviceId: service.id,
      keyType: 'normal',
      templateId: template.id,
      templateVersion: template.version,
      apiKeyId: null,
      clientReference: null,
      personalisation: message.personalisation,
      oneClickUnsubscribeUrl: null,
      requestId: message.requestId,
      isSimulated: false,
    });
    return done({ id });
  };
}

function textRecipient(service: ServiceRecord, { recipient }: InternalMessage): Recipient | AdminRefused {
  const number = parsePhoneNumber(recipient);
  if (!number.ok) return plainRefusal(400, number.apiMessage);
  const refusal = phoneNumberRefusal(number, { international: true, ukLandlines: false });
  if (refusal !== null) return plainRefusal(400, refusal.apiMessage);
  return {
    notificationType: 'sms',
    recipient,
    normalisedTo: number.normalised,
    international: number.international,
    receiptsBelieved: !number.international || number.deliveryReceipts,
    phonePrefix: number.countryPrefix,
    rateMultiplier: number.rateMultiplier,
    replyToText: textSender(service, number),
  };
}

/** Some countries take texts from numbers only: they get the built-in service's other sender. */
function textSender({ smsSenders }: ServiceRecord, number: PhoneNumber): string | null {
  const isNumeric = ({ smsSender }: { smsSender: string }) => /^\d+$/.test(smsSender);
  const numeric = number.needsNumericSender && !number.isUk ? smsSenders.find(isNumeric) : undefined;
  return (numeric ?? smsSenders[0])?.smsSender ?? null;
}

function emailRecipient(service: ServiceRecord, { recipient, replyTo }: InternalMessage): Recipient | AdminRefused {
  const address = parseEmailAddress(recipient);
  if (!address.ok) return plainRefusal(400, address.message);
  return {
    notificationType: 'email',
    recipient: address.address,
    normalisedTo: address.normalised,
    international: false,
    receiptsBelieved: true,
    phonePrefix: null,
    rateMultiplier: null,
    replyToText: replyTo ?? service.replyTos.find(({ isDefault }) => isDefault)?.emailAddress ?? null,
  };
}
