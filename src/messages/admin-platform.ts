import type { AdminResult } from '../admin-refusal.ts';

type NotificationType = 'email' | 'sms' | 'letter';

/** A provider in the platform's list; times are milliseconds since the epoch. */
export type ProviderListItem = {
  id: string;
  display_name: string;
  identifier: string;
  priority: number;
  notification_type: NotificationType;
  active: boolean;
  updated_at: number | null;
  supports_international: boolean;
  created_by_name: string | null;
  /** Fragments, multiplied abroad, of texts that are still kept. */
  current_month_billable_sms: number;
};

/** A Provider of internal-api 4. */
export type ProviderView = Omit<ProviderListItem, 'created_by_name' | 'current_month_billable_sms'> & {
  version: number;
  created_by: { id: string; name: string; email_address: string } | null;
};

export type ProviderChanges = { priority?: number; active?: boolean; created_by?: string };

/** A complaint in the platform's list; times are milliseconds since the epoch. */
export type ComplaintView = {
  id: string;
  notification_id: string;
  service_id: string;
  service_name: string;
  ses_feedback_id: string | null;
  complaint_type: string | null;
  complaint_date: number | null;
  created_at: number;
};

/** Actions on providers and complaints (internal-api 6.22). */
export type PlatformActions = {
  'providers.list': { params: Record<string, never>; result: AdminResult<ProviderListItem[]> };
  /** Null for an unknown one. */
  'providers.get': { params: { id: string }; result: AdminResult<ProviderView | null> };
  'providers.versions': { params: { id: string }; result: AdminResult<ProviderView[]> };
  'providers.update': { params: { id: string; changes: ProviderChanges }; result: AdminResult<ProviderView> };

  'complaints.list': {
    /** Pages count from 1. */
    params: { page: number };
    result: AdminResult<{ complaints: ComplaintView[]; pages: number }>;
  };
  /** Dates as `2026-05-04`, London's; both days are included. */
  'complaints.count': { params: { startDate: string; endDate: string }; result: AdminResult<number> };
};
