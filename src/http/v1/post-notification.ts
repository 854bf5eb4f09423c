import type { SentEmail, SentSms } from '../../messages.ts';
import type { Refused } from '../../refusal.ts';
import { emailAddress, type FieldType, phoneNumber, uuid } from '../admin/field-types.ts';
import { checkFields, optional, readObject, required } from '../admin/read.ts';
import { plain } from '../error-response.ts';
import { type Fields, isFields } from '../fields.ts';
import type { ServiceHandler } from '../route.ts';
import { type Sender, type SendParts, senderOf, withinLimits } from '../v2/send-notification.ts';
import { v1RefusalAnswer } from './answers.ts';

/** What a v1 request asks for, checked. */
type Asked = { to: string; template: string; personalisation?: Fields | undefined };

const object: FieldType<Fields> = (json) =>
  isFields(json) ? { ok: true, value: json } : { ok: false, message: 'Not a valid mapping type.' };

const rules = (to: FieldType<string>) => ({
  to: required(to),
  template: required(uuid),
  personalisation: optional(object),
});
const RULES = { sms: rules(phoneNumber), email: rules(emailAddress) };

/** `POST /notifications/{type}` (public-api 2.12): the type, then the document, then limits and the rest. */
export function postLegacyNotification(parts: SendParts): ServiceHandler {
  return async (request, caller) => {
    const type = request.params['0'] ?? '';
    if (type !== 'sms' && type !== 'email') return plain(400, unsupported(type));
    const body = await readObject(request);
    if (body.outcome === 'refused') return v1RefusalAnswer(body);
    const asked = checkFields(RULES[type], body.value);
    if (asked.outcome === 'refused') return v1RefusalAnswer(asked);
    const send = withinLimits(parts, type, v1RefusalAnswer, async () => {
      const sent = await sendAsked(parts, type, senderOf(request, caller), asked.value);
      if (sent.outcome === 'refused') return { answer: v1RefusalAnswer(sent), isStored: false };
      request.facts['notification_id'] = sent.id;
      return { answer: { status: 201, body: { data: sentJson(sent) } }, isStored: sent.isStored };
    });
    return send(request, caller);
  };
}

function unsupported(type: string): string {
  const hint = type === 'letter' ? ', please use the latest version of the client' : '';
  return `${type} notification type is not supported${hint}`;
}

function sendAsked(
  { call }: SendParts,
  type: 'sms' | 'email',
  sender: Sender,
  { to, template, personalisation = {} }: Asked,
): Promise<SentSms | SentEmail | Refused> {
  const common = { ...sender, templateId: template, personalisation, reference: null, isLegacy: true };
  if (type === 'sms') return call('notifications.sendSms', { ...common, phoneNumber: to, smsSenderId: null });
  return call('notifications.sendEmail', {
    ...common,
    emailAddress: to,
    emailReplyToId: null,
    oneClickUnsubscribeUrl: null,
    sanitiseContentFor: [],
  });
}

function sentJson(sent: SentSms | SentEmail): object {
  const { id, body, template } = sent;
  return {
    notification: { id },
    body,
    ...('subject' in sent && { subject: sent.subject }),
    template_version: template.version,
  };
}
