import type { SentSms } from '../../messages.ts';
import { parseUuid } from '../../validation/uuid.ts';
import type { ServiceHandler } from '../route.ts';
import { type SendSmsBody, validateSendSms } from '../schemas/send-sms.ts';
import { type SendParts, sendHandler } from './send-notification.ts';

/** `POST /v2/notifications/sms` (public-api 2.1). */
export function postSms(parts: SendParts): ServiceHandler {
  return sendHandler<SendSmsBody, SentSms>(parts, {
    type: 'sms',
    validate: validateSendSms,
    send: (sender, document) =>
      parts.call('notifications.sendSms', {
        ...sender,
        phoneNumber: document.phone_number,
        templateId: parseUuid(document.template_id) ?? document.template_id,
        personalisation: document.personalisation ?? null,
        reference: document.reference ?? null,
        smsSenderId: document.sms_sender_id === undefined ? null : parseUuid(document.sms_sender_id),
      }),
    content: ({ body, fromNumber }) => ({ content: { body, from_number: fromNumber } }),
  });
}
