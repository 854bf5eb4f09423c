import {
  type ParsedPhoneNumber,
  type PhoneNumber,
  parsePhoneNumber,
  phoneNumberRefusal,
} from '../content/phone-number.ts';
import { SMS_MAX_CHARACTERS, type SmsMessage, smsMessage } from '../content/sms.ts';
import { stripAndRemoveObscureWhitespace } from '../content/text/whitespace.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { SendSmsRequest, SentSms } from '../messages.ts';
import { badRequest, type Checked, passed, type Refused, refused } from '../refusal.ts';
import { recipientRefusal } from './allowed-recipient.ts';
import { acceptMessage, callersService, type SendParts } from './send-parts.ts';
import { isFile, permissionRefusal, personalisationRefusal, sendableTemplate } from './sendable-template.ts';

export type SendSms = (request: SendSmsRequest) => Promise<SentSms | Refused>;

export type SendSmsParts = SendParts & {
  /** The sender of services that have none of their own. */
  fromNumber: string;
};

/** For smoke tests: accepted like any other, and never stored. Source: public-api 4.6. */
const SIMULATED_NUMBERS = new Set(['447700900000', '447700900111', '447700900222']);

/** Every check of public-api 4.1 from the permission on, then stores the message. Repeating it sends again. */
export function sendSms(parts: SendSmsParts): SendSms {
  return async (request) => {
    const service = await callersService(parts, request.serviceId);
    const notPermitted = permissionRefusal(service, 'sms');
    if (notPermitted && !request.isLegacy) return notPermitted;
    const found = await sendableTemplate(parts.directory, service.id, request.templateId, 'sms');
    if (found.outcome === 'refused') return found;
    const template = found.value;
    const checkedMessage = checkMessage(template, request);
    if (checkedMessage.outcome === 'refused') return checkedMessage;
    const sender = smsSender(service, request.smsSenderId, parts.fromNumber);
    if (sender.outcome === 'refused') return sender;
    const refusal = recipientRefusal(service, request.keyType, request.phoneNumber);
    if (refusal) return refusal;
    if (notPermitted) return notPermitted;
    const number = permittedNumber(service, parsePhoneNumber(request.phoneNumber));
    if (number.outcome === 'refused') return number;
    return withinInternationalLimit(parts, service, request, number.value, async () => {
      const message = checkedMessage.value;
      if (message.isTooLong) return tooLong(message);
      const accepted = await store(parts, request, template, number.value, sender.value);
      const { id, version } = template;
      return { outcome: 'sent', ...accepted, body: message.text, fromNumber: sender.value, template: { id, version } };
    });
  };
}

function store(
  parts: SendSmsParts,
  request: SendSmsRequest,
  template: TemplateRecord,
  number: PhoneNumber,
  sender: string,
) {
  return acceptMessage(parts, {
    serviceId: request.serviceId,
    notificationType: 'sms',
    keyType: request.keyType,
    international: number.international,
    receiptsBelieved: !number.international || number.deliveryReceipts,
    templateId: template.id,
    templateVersion: template.version,
    apiKeyId: request.apiKeyId,
    recipient: stripAndRemoveObscureWhitespace(request.phoneNumber),
    normalisedTo: number.normalised,
    clientReference: request.reference,
    personalisation: request.personalisation,
    phonePrefix: number.countryPrefix,
    rateMultiplier: number.rateMultiplier,
    replyToText: sender,
    oneClickUnsubscribeUrl: null,
    requestId: request.requestId,
    isSimulated: SIMULATED_NUMBERS.has(number.normalised),
  });
}

/** The message as it is reported: without the service's name in front. Its length is checked last, but not in v1. */
function checkMessage(template: TemplateRecord, { personalisation, isLegacy }: SendSmsRequest): Checked<SmsMessage> {
  const missing = personalisationRefusal({ type: 'sms', body: template.content }, personalisation);
  if (missing) return missing;
  const message = smsMessage({ body: template.content, values: personalisation, prefix: null });
  if (message.isEmpty) return badRequest('Your message is empty.');
  if (Object.values(personalisation ?? {}).some(isFile)) return badRequest('Can only send a file by email');
  return isLegacy && message.isTooLong ? tooLong(message) : passed(message);
}

/** The chosen or default sender; a number appears normalised. */
function smsSender(service: ServiceRecord, senderId: string | null, fallback: string): Checked<string> {
  const chosen =
    senderId === null
      ? service.smsSenders.find(({ isDefault }) => isDefault)
      : service.smsSenders.find(({ id }) => id === senderId);
  if (chosen === undefined && senderId !== null) {
    return badRequest(`sms_sender_id ${senderId} does not exist in database for service id ${service.id}`);
  }
  const sender = chosen?.smsSender ?? fallback;
  const number = parsePhoneNumber(sender);
  return passed(number.ok ? number.normalised : sender);
}

function permittedNumber(service: ServiceRecord, number: ParsedPhoneNumber): Checked<PhoneNumber> {
  if (!number.ok) return refused(400, 'InvalidPhoneError', number.apiMessage);
  const international = service.permissions.has('international_sms');
  if (!number.isUk && !international) return badRequest('Cannot send to international mobile numbers');
  const ukLandlines = service.permissions.has('sms_to_uk_landlines');
  const refusal = phoneNumberRefusal(number, { international, ukLandlines });
  return refusal === null ? passed(number) : refused(400, 'InvalidPhoneError', refusal.apiMessage);
}

/** Numbers outside +44 also count against a limit of their own (public-api 4.2). */
async function withinInternationalLimit(
  { limits }: SendSmsParts,
  service: ServiceRecord,
  { keyType }: SendSmsRequest,
  number: PhoneNumber,
  send: () => Promise<SentSms | Refused>,
): Promise<SentSms | Refused> {
  if (number.isUk) return send();
  const limit =
    keyType === 'test' && service.restricted ? LIVE_INTERNATIONAL_LIMIT : service.dailyLimits.international_sms;
  const answer = limits.reserveDaily({ serviceId: service.id, keyType, type: 'international_sms', limit });
  const place = answer instanceof Promise ? await answer : answer;
  if (place.outcome === 'over-daily') {
    return refused(429, 'TooManyRequestsError', `Exceeded send limits (international_sms: ${limit}) for today`);
  }
  let isCounted = false;
  try {
    const sent = await send();
    isCounted = sent.outcome === 'sent' && sent.isStored;
    return sent;
  } finally {
    if (!isCounted) place.release();
  }
}

/** Of live services; a test key in trial mode has it too. Source: public-api 4.2. */
const LIVE_INTERNATIONAL_LIMIT = 100;

function tooLong({ characterCountWithoutPrefix }: SmsMessage): Refused {
  return badRequest(
    `Your message is too long. Text messages cannot be longer than ${SMS_MAX_CHARACTERS} characters. ` +
      `Your message is ${characterCountWithoutPrefix} characters long.`,
  );
}
