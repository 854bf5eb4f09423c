import type { AdminResult } from '../admin-refusal.ts';
import type { KeyType } from '../messages.ts';
import type { UserView } from './admin-users.ts';

/** What may be told about a service and changed by the admin application. Times are milliseconds since the epoch. */
export type ServiceChanges = {
  name?: string | undefined;
  active?: boolean | undefined;
  restricted?: boolean | undefined;
  research_mode?: boolean | undefined;
  email_from?: string | undefined;
  message_limit?: number | undefined;
  email_message_limit?: number | undefined;
  sms_message_limit?: number | undefined;
  letter_message_limit?: number | undefined;
  international_sms_message_limit?: number | undefined;
  rate_limit?: number | undefined;
  prefix_sms?: boolean | undefined;
  count_as_live?: boolean | undefined;
  /** Who makes the change; kept with the version. */
  created_by?: string | undefined;
  organisation_type?: string | null | undefined;
  go_live_at?: number | null | undefined;
  go_live_user?: string | null | undefined;
  contact_link?: string | null | undefined;
  consent_to_research?: boolean | null | undefined;
  volume_email?: number | null | undefined;
  volume_sms?: number | null | undefined;
  volume_letter?: number | null | undefined;
  notes?: string | null | undefined;
  purchase_order_number?: string | null | undefined;
  billing_contact_names?: string | null | undefined;
  billing_contact_email_addresses?: string | null | undefined;
  billing_reference?: string | null | undefined;
  /** Replaces the whole set. */
  permissions?: string[] | undefined;
  /** Null clears it; the same holds for letters. */
  email_branding?: string | null | undefined;
  letter_branding?: string | null | undefined;
};

export type NewService = ServiceChanges & {
  /** Who becomes its first member. */
  user_id: string;
  name: string;
  email_from: string;
  message_limit: number;
  restricted: boolean;
  created_by: string;
};

/** What Service and ServiceDetailed of internal-api 4 have in common. */
type ServiceCore = {
  id: string;
  name: string;
  active: boolean;
  restricted: boolean;
  research_mode: boolean;
  prefix_sms: boolean;
  count_as_live: boolean;
  organisation: string | null;
  organisation_type: string | null;
  letter_branding: string | null;
  go_live_at: number | null;
  go_live_user: string | null;
  contact_link: string | null;
  consent_to_research: boolean | null;
  volume_email: number | null;
  volume_sms: number | null;
  volume_letter: number | null;
  notes: string | null;
  purchase_order_number: string | null;
  billing_contact_names: string | null;
  billing_contact_email_addresses: string | null;
  billing_reference: string | null;
  service_callback_api: string[];
};

/** A Service of internal-api 4; times are milliseconds since the epoch. */
export type ServiceView = ServiceCore & {
  email_from: string;
  message_limit: number;
  email_message_limit: number;
  sms_message_limit: number;
  letter_message_limit: number;
  international_sms_message_limit: number;
  rate_limit: number;
  permissions: string[];
  created_by: string;
  email_branding: string | null;
  inbound_api: string[];
};

export type ServiceCounts = { requested: number; delivered: number; failed: number };
/** ServiceStats of internal-api 4. */
export type ServiceStatistics = { email: ServiceCounts; sms: ServiceCounts; letter: ServiceCounts };

/** A ServiceDetailed of internal-api 4; times are milliseconds since the epoch. */
export type ServiceDetails = ServiceCore & {
  created_at: number;
  updated_at: number | null;
  letter_contacts: string[];
  complaints: string[];
  statistics: ServiceStatistics;
};

/** A service of the platform's list, with its statistics. */
export type ServiceListItem = {
  id: string;
  name: string;
  active: boolean;
  restricted: boolean;
  research_mode: boolean;
  created_at: number;
  notification_type: string | null;
  statistics: ServiceStatistics;
};

export type ServiceBrief = { id: string; name: string; active: boolean; restricted: boolean; research_mode: boolean };

/** An ApiKey of internal-api 4, without its secret; times are milliseconds since the epoch. */
export type ApiKeyView = {
  id: string;
  name: string;
  key_type: KeyType;
  created_by: string;
  created_at: number;
  updated_at: number | null;
  expiry_date: number | null;
  version: number;
};

export const INVITE_STATUSES = ['pending', 'accepted', 'cancelled'] as const;
export type InviteStatus = (typeof INVITE_STATUSES)[number];

/** An Invite of internal-api 4; times are milliseconds since the epoch. */
export type InviteView = {
  id: string;
  service: string;
  from_user: string;
  email_address: string;
  /** Comma-joined. */
  permissions: string;
  folder_permissions: string[];
  auth_type: string;
  status: InviteStatus;
  created_at: number;
};

export type NewInvite = {
  service: string;
  email_address: string;
  from_user: string;
  permissions: string;
  auth_type: string;
  folder_permissions: string[];
};

type Service = { serviceId: string };
/** Days are London's: 0 is today alone. */
type Days = { days: number };

/** Actions on services, their members, invitations and keys (internal-api 6.4, 6.5, 6.6, 6.9). */
export type ServiceActions = {
  /** `userId` null means everybody's. */
  'services.list': { params: { userId: string | null; onlyActive: boolean }; result: AdminResult<ServiceView[]> };
  'services.listDetailed': {
    /** Dates as `2026-05-04`, London's; both days are included. */
    params: { onlyActive: boolean; includeTestKeys: boolean; startDate: string; endDate: string };
    result: AdminResult<ServiceListItem[]>;
  };
  'services.findByName': { params: { name: string }; result: AdminResult<ServiceBrief[]> };
  'services.get': { params: Service; result: AdminResult<ServiceView> };
  'services.details': { params: Service & Days; result: AdminResult<ServiceDetails> };
  'services.statistics': { params: Service & Days; result: AdminResult<ServiceStatistics> };
  'services.create': { params: NewService; result: AdminResult<ServiceView> };
  'services.update': {
    params: Service & { changes: ServiceChanges; requestId: string };
    result: AdminResult<ServiceView>;
  };
  'services.archive': { params: Service; result: AdminResult<null> };
  'services.suspend': { params: Service; result: AdminResult<null> };
  'services.resume': { params: Service; result: AdminResult<null> };

  'members.list': { params: Service; result: AdminResult<UserView[]> };
  /** Refused where the user is no member. */
  'members.find': { params: Service & { userId: string }; result: AdminResult<null> };
  /** Refused where the user is one already. */
  'members.mayJoin': { params: Service & { userId: string }; result: AdminResult<null> };
  'members.add': {
    params: Service & { userId: string; permissions: string[]; folders: string[] };
    result: AdminResult<ServiceView>;
  };
  'members.remove': { params: Service & { userId: string }; result: AdminResult<null> };

  'invites.create': {
    params: NewInvite & { inviteLinkHost: string | null; requestId: string };
    result: AdminResult<InviteView>;
  };
  'invites.list': { params: Service; result: AdminResult<InviteView[]> };
  /** `serviceId` null means whichever service's. */
  'invites.get': { params: { id: string; serviceId: string | null }; result: AdminResult<InviteView> };
  /** A null status leaves it as it is. */
  'invites.update': {
    params: Service & { id: string; status: InviteStatus | null };
    result: AdminResult<InviteView>;
  };
  'invites.check': { params: { token: string }; result: AdminResult<InviteView> };

  /** Answers the secret: the only time that it is told. */
  'apiKeys.create': {
    params: Service & { name: string; keyType: KeyType; createdBy: string };
    result: AdminResult<string>;
  };
  'apiKeys.list': { params: Service; result: AdminResult<ApiKeyView[]> };
  'apiKeys.get': { params: Service & { id: string }; result: AdminResult<ApiKeyView> };
  'apiKeys.revoke': { params: Service & { id: string }; result: AdminResult<null> };
};
