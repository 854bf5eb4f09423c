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
  parent_folder_id?: string;
  postage?: string;
  /** Letters: the id of a letter contact. */
  reply_to?: string;
};

/** Actions on templates by their authors (internal-api 6.10); services read theirs through `templates`. */
export type TemplateActions = {
  'templateAuthors.create': { params: NewTemplate; result: AdminResult<AdminTemplateView> };
};
