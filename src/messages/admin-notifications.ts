import type { AdminResult } from '../admin-refusal.ts';

/** A Notification of internal-api 4; times are milliseconds since the epoch. */
export type AdminNotificationView = {
  id: string;
  to: string;
  normalised_to: string;
  notification_type: 'sms' | 'email' | 'letter';
  status: string;
  key_type: string;
  key_name: string | null;
  api_key: string | null;
  service: string;
  job: { id: string; original_file_name: string } | null;
  job_row_number: number | null;
  /** The version that it was sent with. */
  template: {
    id: string;
    version: number;
    name: string;
    template_type: string;
    content: string;
    subject: string | null;
    redact_personalisation: boolean;
    is_precompiled_letter: boolean;
  };
  created_by: { id: string; name: string; email_address: string } | null;
  /** Empty from the moment the template is redacted. */
  personalisation: Record<string, unknown>;
  reference: string | null;
  client_reference: string | null;
  reply_to_text: string | null;
  billable_units: number;
  international: boolean;
  phone_prefix: string | null;
  rate_multiplier: number | null;
  postage: string | null;
  document_download_count: number | null;
  sent_by: string | null;
  created_at: number;
  sent_at: number | null;
  updated_at: number | null;
};

export type NotificationFilters = {
  /** Empty means all; the same holds for `statuses`, which are stored ones. */
  types: string[];
  statuses: string[];
  includeJobs: boolean;
  includeTestKey: boolean;
  includeOneOff: boolean;
  /** Null means all days; 0 is London's today alone. */
  limitDays: number | null;
  /** Part of a recipient, as it is stored, or of a client's reference, as typed; null for all. */
  search: { recipient: string; reference: string } | null;
};

export type NotificationPage = { notifications: AdminNotificationView[]; hasNext: boolean };

type InService = { serviceId: string };

/** Actions on a service's notifications by its members (internal-api 6.15). */
export type NotificationActions = {
  'serviceNotifications.list': {
    /** Pages count from 1. */
    params: InService & { filters: NotificationFilters; page: number; pageSize: number };
    result: AdminResult<NotificationPage>;
  };
  'serviceNotifications.get': { params: InService & { id: string }; result: AdminResult<AdminNotificationView> };
  'serviceNotifications.cancel': { params: InService & { id: string }; result: AdminResult<AdminNotificationView> };
  /** Answers the notification's id. */
  'serviceNotifications.send': {
    params: InService & {
      templateId: string;
      recipient: string;
      createdBy: string;
      personalisation: Record<string, unknown> | null;
      senderId: string | null;
      requestId: string;
    };
    result: AdminResult<{ id: string }>;
  };
};
