import type { AdminResult } from '../admin-refusal.ts';

/** Recipients that API keys may send to in trial mode, as typed. */
export type GuestList = { email_addresses: string[]; phone_numbers: string[] };

export const NOTIFICATION_TYPES = ['sms', 'letter', 'email'] as const;
export type RetainedType = (typeof NOTIFICATION_TYPES)[number];

/** A Retention of internal-api 4; times are milliseconds since the epoch. */
export type RetentionView = {
  id: string;
  service_id: string;
  service_name: string;
  notification_type: RetainedType;
  days_of_retention: number;
  created_at: number;
  updated_at: number | null;
};

type InService = { serviceId: string };
type OfService = InService & { id: string };

/** Actions on a service's guest list and retention (internal-api 6.17). */
export type ServiceSettingActions = {
  'guestLists.get': { params: InService; result: AdminResult<GuestList> };
  'guestLists.replace': { params: InService & { guests: GuestList }; result: AdminResult<null> };

  'retentions.list': { params: InService; result: AdminResult<RetentionView[]> };
  /** Null where there is none; the same holds for `getByType`. */
  'retentions.get': { params: OfService; result: AdminResult<RetentionView | null> };
  'retentions.getByType': { params: InService & { type: RetainedType }; result: AdminResult<RetentionView | null> };
  'retentions.create': {
    params: InService & { type: RetainedType; days: number };
    result: AdminResult<RetentionView>;
  };
  'retentions.update': { params: OfService & { days: number }; result: AdminResult<null> };
};
