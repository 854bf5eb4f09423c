import type { PrintStatus } from './providers/receipts/dvla.ts';
import type { InboundSms } from './providers/receipts/inbound-sms.ts';
import type { SmsReceipt } from './providers/receipts/receipt.ts';
import type { SesEvent } from './providers/receipts/ses.ts';
import type { Refused } from './refusal.ts';

export type KeyType = 'normal' | 'team' | 'test';
export type TemplateType = 'sms' | 'email' | 'letter';

/** JSON under the caller's own keys. */
export type Personalisation = Record<string, unknown>;

/** What every send request has. Ids are lower-case UUIDs; the body has passed its schema. */
type SendRequest = {
  serviceId: string;
  apiKeyId: string;
  keyType: KeyType;
  /** Trace id of the HTTP request. */
  requestId: string;
  templateId: string;
  personalisation: Personalisation | null;
  reference: string | null;
  /** Whether checks come in the order of 2022: template with length, recipient, permission (public-api 2.12). */
  isLegacy?: boolean;
};

export type SendSmsRequest = SendRequest & { phoneNumber: string; smsSenderId: string | null };

export type SendEmailRequest = SendRequest & {
  emailAddress: string;
  emailReplyToId: string | null;
  oneClickUnsubscribeUrl: string | null;
  /** Personalisation keys whose values are not trusted; empty for none. */
  sanitiseContentFor: unknown[];
};

/** A templated letter; the personalisation holds the address. */
export type SendLetterRequest = SendRequest & { personalisation: Personalisation };

export type SendPrecompiledLetterRequest = Omit<SendRequest, 'templateId' | 'personalisation' | 'reference'> & {
  reference: string;
  /** The PDF in base64, as it came. */
  content: string;
  postage: 'first' | 'second' | 'economy';
};

type Sent = {
  outcome: 'sent';
  id: string;
  /** False for simulated recipients: nothing was kept and nothing counts. */
  isStored: boolean;
  body: string;
  template: { id: string; version: number };
};

export type SentSms = Sent & { fromNumber: string };

export type SentEmail = Sent & {
  subject: string;
  fromEmail: string;
  /** Values that sanitising changed, by key as in the request. */
  sanitisedContent: Record<string, { unsanitised: string; sanitised: string }>;
};

export type SentLetter = Sent & {
  /** Escaped, as HTML. */
  subject: string;
};

export type SentPrecompiledLetter = Omit<Sent, 'body' | 'template'> & { reference: string; postage: string };

export type NotificationCost = {
  isReady: boolean;
  /** Null until it is ready. */
  inPounds: number | null;
  details: Record<string, number | string>;
};

/** What only letters show. */
export type LetterView = {
  /** `line_1` to `line_6` and `postcode`, as typed. */
  lines: (string | null)[];
  postage: string;
  /** Milliseconds since the epoch. */
  estimatedDelivery: number;
};

/** A stored notification as the API shows it. Times are milliseconds since the epoch. */
export type NotificationView = {
  id: string;
  type: TemplateType;
  /** The stored one: letters are shown with other words. */
  status: string;
  /** The client's reference. */
  reference: string | null;
  recipient: string;
  template: { id: string; version: number };
  body: string;
  subject: string | null;
  createdAt: number;
  createdByName: string | null;
  sentAt: number | null;
  completedAt: number | null;
  oneClickUnsubscribeUrl: string | null;
  /** Null for emails and texts. */
  letter: LetterView | null;
  cost: NotificationCost;
};

export type ListNotificationsRequest = {
  serviceId: string;
  keyType: KeyType;
  /** Empty means all; the same holds for `statuses`, which are internal ones. */
  types: string[];
  statuses: string[];
  reference: string | null;
  /** A notification's id: only older ones are wanted. */
  olderThan: string | null;
  includeJobs: boolean;
};

/** A notification as v1 shows it. Times are milliseconds since the epoch; the status is the internal one. */
export type LegacyNotification = Pick<
  NotificationView,
  'id' | 'type' | 'status' | 'reference' | 'recipient' | 'body' | 'subject' | 'createdAt' | 'sentAt'
> & {
  template: { id: string; version: number; name: string };
  updatedAt: number | null;
  sentBy: string | null;
  serviceId: string;
  job: { id: string; fileName: string } | null;
  jobRowNumber: number | null;
  apiKeyId: string | null;
  billableUnits: number;
  characterCount: number;
};

export type ListLegacyRequest = Pick<
  ListNotificationsRequest,
  'serviceId' | 'keyType' | 'types' | 'statuses' | 'includeJobs'
> & {
  /** London days before today; null for all that is kept. */
  limitDays: number | null;
  /** From 1. */
  page: number;
  pageSize: number;
};

/** A template version as the API shows it. Times are milliseconds since the epoch. */
export type TemplateView = {
  id: string;
  type: string;
  name: string;
  createdAt: number;
  updatedAt: number | null;
  createdBy: string;
  version: number;
  subject: string | null;
  body: string;
  /** Names of the placeholders, in order. */
  placeholders: string[];
  postage: string | null;
  letterContactBlock: string | null;
};

export type TemplatePreview = {
  outcome: 'previewed';
  id: string;
  type: string;
  version: number;
  subject: string | null;
  body: string;
  /** Emails only. */
  html: string | null;
  postage: string | null;
};

/** What became of a receipt. `ignored` ones were late, repeated, not believed, or about nothing that is known. */
export type ReceiptRecorded = { outcome: 'recorded' | 'ignored' | 'parked' };

/** A received text as the API shows it. Times are milliseconds since the epoch. */
export type ReceivedTextView = {
  id: string;
  createdAt: number;
  serviceId: string;
  notifyNumber: string;
  userNumber: string;
  content: string;
};

/** What became of a received text. Those for nobody, or for a service that takes none, are dropped. */
export type InboundSmsRecorded = { outcome: 'recorded' | 'unknown-number' | 'not-permitted' };

/** Every action on the bus. Params and results are plain JSON. */
export type Actions = {
  'notifications.sendSms': { params: SendSmsRequest; result: SentSms | Refused };
  'notifications.sendEmail': { params: SendEmailRequest; result: SentEmail | Refused };
  'notifications.sendLetter': { params: SendLetterRequest; result: SentLetter | Refused };
  'notifications.sendPrecompiledLetter': {
    params: SendPrecompiledLetterRequest;
    result: SentPrecompiledLetter | Refused;
  };
  'notifications.get': {
    params: { serviceId: string; id: string };
    result: { outcome: 'found'; notification: NotificationView } | Refused;
  };
  'notifications.list': { params: ListNotificationsRequest; result: { notifications: NotificationView[] } };
  /** A letter's PDF in base64. */
  'notifications.getPdf': {
    params: { serviceId: string; id: string };
    result: { outcome: 'found'; content: string } | Refused;
  };
  'notifications.getLegacy': {
    params: { serviceId: string; id: string };
    result: { notification: LegacyNotification | null };
  };
  'notifications.listLegacy': {
    params: ListLegacyRequest;
    result: { notifications: LegacyNotification[]; total: number };
  };
  'notifications.unsubscribe': {
    params: { notificationId: string; token: string };
    result: { outcome: 'recorded' | 'invalid-token' | 'unknown-notification' };
  };
  'inbound.recordSms': { params: { sms: InboundSms; requestId: string }; result: InboundSmsRecorded };
  'inbound.listTexts': {
    /** `olderThan` is a received text's id: only older ones are wanted. */
    params: { serviceId: string; olderThan: string | null };
    result: { texts: ReceivedTextView[] };
  };
  'templates.get': {
    /** Version null means the current one. */
    params: { serviceId: string; id: string; version: number | null };
    result: { outcome: 'found'; template: TemplateView } | Refused;
  };
  'templates.list': {
    params: { serviceId: string; type: TemplateType | null };
    result: { templates: TemplateView[] };
  };
  'templates.preview': {
    params: { serviceId: string; id: string; personalisation: Personalisation | null };
    result: TemplatePreview | Refused;
  };
  'receipts.recordSms': { params: { receipt: SmsReceipt }; result: ReceiptRecorded };
  'receipts.recordPrintStatus': { params: { status: PrintStatus }; result: ReceiptRecorded };
  'receipts.recordSes': { params: { event: SesEvent }; result: ReceiptRecorded };
  'status.read': { params: Record<string, never>; result: { databaseVersion: string | null } };
  'status.countLive': { params: Record<string, never>; result: { organisations: number; services: number } };
};

/** A map of actions, as those above. */
export type ActionMap = Record<string, { params: object; result: object }>;

/** Calls an action, here or on another node. Rejects when the answer is lost; refusals are results. */
export type CallOf<Map> = <Name extends keyof Map & string>(
  action: Name,
  params: Map[Name] extends { params: infer Params } ? Params : never,
) => Promise<Map[Name] extends { result: infer Result } ? Result : never>;

export type Call = CallOf<Actions>;
