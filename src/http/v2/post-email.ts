import type { SentEmail } from '../../messages.ts';
import { parseUuid } from '../../validation/uuid.ts';
import type { ServiceHandler } from '../route.ts';
import { type SendEmailBody, validateSendEmail } from '../schemas/send-email.ts';
import { type SendParts, sendHandler } from './send-notification.ts';

/** `POST /v2/notifications/email` (public-api 2.2). */
export function postEmail(parts: SendParts): ServiceHandler {
  return sendHandler<SendEmailBody, SentEmail>(parts, {
    type: 'email',
    validate: validateSendEmail,
    send: (sender, document) =>
      parts.call('notifications.sendEmail', {
        ...sender,
        emailAddress: document.email_address,
        templateId: parseUuid(document.template_id) ?? document.template_id,
        personalisation: document.personalisation ?? null,
        reference: document.reference ?? null,
        emailReplyToId: document.email_reply_to_id === undefined ? null : parseUuid(document.email_reply_to_id),
        oneClickUnsubscribeUrl: document.one_click_unsubscribe_url ?? null,
        sanitiseContentFor: document.sanitise_content_for ?? [],
      }),
    content: ({ subject, body, fromEmail, sanitisedContent }, document) => ({
      content: {
        from_email: fromEmail,
        subject,
        body,
        one_click_unsubscribe_url: document.one_click_unsubscribe_url ?? null,
      },
      sanitised_content: sanitisedContent,
    }),
  });
}
