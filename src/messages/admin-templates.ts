import type { AdminResult } from '../admin-refusal.ts';

export const TEMPLATE_TYPES = ['sms', 'email', 'letter', 'broadcast'] as const;
type AdminTemplateType = (typeof TEMPLATE_TYPES)[number];

/** A Template of internal-api 4; times are milliseconds since the epoch. */
export type AdminTemplateView = {
  id: string;
  name: string;
  template_type: AdminTemplateType;
  content: string;
  subject: string | null;
  service: string;
  created_by: string;
  created_at: number;
  updated_at: number | null;
  version: number;
  archived: boolean;
  hidden: boolean;
  process_type: 'normal' | 'priority';
  folder: string | null;
  postage: string | null;
  /** Letters only: as `service_letter_contact`. */
  reply_to: string | null;
  /** What it is sent with by default; a text's sender as stored. */
  reply_to_text: string | null;
  service_letter_contact: string | null;
  template_redacted: string;
  redact_personalisation: boolean;
  broadcast_data: object | null;
};

export type NewTemplate = {
  name: string;
  template_type: AdminTemplateType;
  content: string;
  service: string;
  created_by: string;
  subject?: string;
  process_type?: 'normal' | 'priority';
  /** Emails only: they end with a link of ours. Later than the shape of a Template, which does not show it. */
  has_unsubscribe_link?: boolean;
  parent_folder_id?: string;
  postage?: string;
  /** Letters: the id of a letter contact. */
  reply_to?: string;
};

/** A TemplateVersion of internal-api 4: the author is that of the version. */
export type TemplateVersionView = Omit<AdminTemplateView, 'folder' | 'redact_personalisation' | 'created_by'> & {
  created_by: { id: string; name: string; email_address: string };
};

export type TemplateListItem = {
  id: string;
  name: string;
  template_type: AdminTemplateType;
  folder: string | null;
  /** Broadcasts only. */
  content: string | null;
};

/** What an author may change; what is absent stays. */
export type TemplateChanges = {
  name?: string;
  content?: string;
  subject?: string | null;
  archived?: boolean;
  process_type?: 'normal' | 'priority';
  has_unsubscribe_link?: boolean;
  /** Letters only; null changes nothing. */
  postage?: string | null;
  created_by?: string;
};

/** The uses of one route. */
export type TemplateUpdate =
  | { kind: 'redaction'; createdBy: string | null }
  /** The letter contact; null for none. */
  | { kind: 'contact'; contactId: string | null }
  | { kind: 'content'; changes: TemplateChanges };

type InService = { serviceId: string };
type OfService = InService & { id: string };

/** Actions on templates by their authors (internal-api 6.10); services read theirs through `templates`. */
export type TemplateActions = {
  'templateAuthors.create': { params: NewTemplate; result: AdminResult<AdminTemplateView> };
  'templateAuthors.list': { params: InService; result: AdminResult<AdminTemplateView[]> };
  'templateAuthors.listBrief': { params: InService; result: AdminResult<TemplateListItem[]> };
  'templateAuthors.get': { params: OfService; result: AdminResult<AdminTemplateView> };
  'templateAuthors.version': { params: OfService & { version: number }; result: AdminResult<TemplateVersionView> };
  'templateAuthors.versions': { params: OfService; result: AdminResult<TemplateVersionView[]> };
  'templateAuthors.preview': {
    params: OfService & { personalisation: Record<string, string> };
    result: AdminResult<AdminTemplateView>;
  };
  'templateAuthors.precompiled': { params: InService; result: AdminResult<AdminTemplateView> };
  /** Refused where the template is unknown, or its channel off. */
  'templateAuthors.mayUpdate': { params: OfService; result: AdminResult<null> };
  /** Null after a redaction. */
  'templateAuthors.update': {
    params: OfService & { update: TemplateUpdate };
    result: AdminResult<AdminTemplateView | null>;
  };
};
