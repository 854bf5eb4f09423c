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
};

export type SendSmsRequest = SendRequest & { phoneNumber: string; smsSenderId: string | null };

export type SendEmailRequest = SendRequest & {
  emailAddress: string;
  emailReplyToId: string | null;
  oneClickUnsubscribeUrl: string | null;
  /** Personalisation keys whose values are not trusted; empty for none. */
  sanitiseContentFor: unknown[];
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

export type NotificationCost = {
  isReady: boolean;
  /** Null until it is ready. */
  inPounds: number | null;
  details: Record<string, number>;
};

/** A stored notification as the API shows it. Times are milliseconds since the epoch. */
export type NotificationView = {
  id: string;
  type: 'sms' | 'email';
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

/** Every action on the bus. Params and results are plain JSON. */
export type Actions = {
  'notifications.sendSms': { params: SendSmsRequest; result: SentSms | Refused };
  'notifications.sendEmail': { params: SendEmailRequest; result: SentEmail | Refused };
  'notifications.get': {
    params: { serviceId: string; id: string };
    result: { outcome: 'found'; notification: NotificationView } | Refused;
  };
  'notifications.list': { params: ListNotificationsRequest; result: { notifications: NotificationView[] } };
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
  'receipts.recordSes': { params: { event: SesEvent }; result: ReceiptRecorded };
  'status.read': { params: Record<string, never>; result: { databaseVersion: string | null } };
  'status.countLive': { params: Record<string, never>; result: { organisations: number; services: number } };
};

/** Calls an action, here or on another node. Rejects when the answer is lost; refusals are results. */
export type Call = <Name extends keyof Actions>(
  action: Name,
  params: Actions[Name]['params'],
) => Promise<Actions[Name]['result']>;
