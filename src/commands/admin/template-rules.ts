import { type AdminRefused, fieldRefusal, plainRefusal } from '../../admin-refusal.ts';
import { broadcastContent } from '../../content/broadcast-content.ts';
import { SMS_MAX_CHARACTERS, smsMessage } from '../../content/sms.ts';
import { ServiceEmailReplyTo, ServiceLetterContact, ServiceSmsSender } from '../../db/entities/senders.ts';
import { ServicePermission } from '../../db/entities/services.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { NewTemplate } from '../../messages/admin-templates.ts';

type TemplateType = NewTemplate['template_type'];

const TYPE_NAMES = { sms: 'text message', email: 'email', letter: 'letter', broadcast: 'broadcast message' } as const;

/** A service has templates of the channels that are switched on for it. */
export async function typeRefusal(
  em: Transaction,
  serviceId: string,
  type: TemplateType,
  verb: 'Creating' | 'Updating',
): Promise<AdminRefused | null> {
  if ((await em.count(ServicePermission, { serviceId, permission: type })) > 0) return null;
  return fieldRefusal('template_type', `${verb} ${TYPE_NAMES[type]} templates is not allowed`, 403);
}

/** Broadcasts have limits of their own; the text of the refusal is the same. */
export function contentRefusal(type: TemplateType, content: string): AdminRefused | null {
  const isTooLong =
    type === 'sms'
      ? smsMessage({ body: content, values: null, prefix: null }).isTooLong
      : type === 'broadcast' && broadcastContent(content, null).isTooLong;
  if (!isTooLong) return null;
  return fieldRefusal('content', `Content has a character count greater than the limit of ${SMS_MAX_CHARACTERS}`);
}

/** What a template is sent with by default is its own service's. Broadcasts have no sender. */
export async function senderRefusal(
  em: Transaction,
  serviceId: string,
  type: TemplateType,
  id: string,
): Promise<AdminRefused | null> {
  const sender = { id, serviceId };
  switch (type) {
    case 'letter':
      return (await em.count(ServiceLetterContact, sender)) > 0 ? null : unknownSender('letter_contact_id', sender);
    case 'email':
      return (await em.count(ServiceEmailReplyTo, sender)) > 0 ? null : unknownSender('email_reply_to_id', sender);
    case 'sms':
      return (await em.count(ServiceSmsSender, sender)) > 0 ? null : unknownSender('sms_sender_id', sender);
    case 'broadcast':
      return null;
  }
}

function unknownSender(name: string, { id, serviceId }: { id: string; serviceId: string }): AdminRefused {
  return plainRefusal(400, `${name} ${id} does not exist in database for service id ${serviceId}`);
}
