import { type Fields, fieldsOf, parseJson, textField } from '../fields.ts';

/** What every SES event says. Times are ISO 8601 as SES wrote them. */
type SesMail = {
  /** SES's id of the message: the notification's provider reference. */
  messageId: string;
  /** When SES took the message; null when absent. */
  timestamp: string | null;
};

export type SesDelivery = SesMail & {
  kind: 'delivered';
  /** When the recipient's server took it. */
  deliveredAt: string | null;
};

export type SesBounce = SesMail & {
  kind: 'permanent-failure' | 'temporary-failure';
  bounceType: string | null;
  bounceSubType: string | null;
  /** The whole event less what could name the recipient (workflows 1.3): for logs. */
  loggable: Fields;
};

export type SesComplaint = SesMail & {
  kind: 'complaint';
  feedbackId: string | null;
  /** SES's `complaintFeedbackType`, such as `abuse`. */
  complaintType: string | null;
  complaintDate: string | null;
  /** The first address that the message went to: for the complaint callback only, never for logs. */
  recipient: string | null;
  loggable: Fields;
};

/** `unknown`: of another type, without a message id, or not a SES event at all. */
export type SesEvent = SesDelivery | SesBounce | SesComplaint | { kind: 'unknown'; notificationType: string | null };

/** Reads a SES event, the `Message` of an SNS notification, as text or parsed (public-api 5.4). */
export function sesEvent(message: unknown): SesEvent {
  const event = fieldsOf(typeof message === 'string' ? parseJson(message) : message);
  const mail = fieldsOf(event['mail']);
  const notificationType = textField(event, 'notificationType');
  const messageId = textField(mail, 'messageId');
  if (messageId === null) return { kind: 'unknown', notificationType };

  const about: SesMail = { messageId, timestamp: textField(mail, 'timestamp') };
  switch (notificationType) {
    case 'Delivery':
      return { kind: 'delivered', ...about, deliveredAt: textField(fieldsOf(event['delivery']), 'timestamp') };
    case 'Bounce':
      return bounce(about, event);
    case 'Complaint':
      return complaint(about, event);
    default:
      return { kind: 'unknown', notificationType };
  }
}

function bounce(about: SesMail, event: Fields): SesBounce {
  const details = fieldsOf(event['bounce']);
  const bounceType = textField(details, 'bounceType');
  return {
    kind: bounceType === 'Permanent' ? 'permanent-failure' : 'temporary-failure',
    ...about,
    bounceType,
    bounceSubType: textField(details, 'bounceSubType'),
    loggable: withoutPersonalData(event),
  };
}

function complaint(about: SesMail, event: Fields): SesComplaint {
  const details = fieldsOf(event['complaint']);
  const destination = fieldsOf(event['mail'])['destination'];
  const first: unknown = Array.isArray(destination) ? destination[0] : undefined;
  return {
    kind: 'complaint',
    ...about,
    feedbackId: textField(details, 'feedbackId'),
    complaintType: textField(details, 'complaintFeedbackType'),
    complaintDate: textField(details, 'timestamp'),
    recipient: typeof first === 'string' ? first : null,
    loggable: withoutPersonalData(event),
  };
}

function withoutPersonalData(event: Fields): Fields {
  const { mail, bounce: bounced, complaint: complained, ...rest } = event;
  return {
    ...rest,
    mail: without(mail, ['headers', 'commonHeaders', 'destination']),
    ...(bounced === undefined ? {} : { bounce: without(bounced, ['bouncedRecipients']) }),
    ...(complained === undefined ? {} : { complaint: without(complained, ['complainedRecipients']) }),
  };
}

function without(value: unknown, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fieldsOf(value)).filter(([name]) => !names.includes(name)));
}
