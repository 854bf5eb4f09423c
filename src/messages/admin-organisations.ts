import type { AdminResult } from '../admin-refusal.ts';
import type { InviteStatus, ServiceBrief } from './admin-services.ts';
import type { UserView } from './admin-users.ts';

/** Kinds of organisation that may be chosen; `nhs` is in the database only. */
export const ORGANISATION_TYPES = [
  'central',
  'local',
  'nhs_central',
  'nhs_local',
  'nhs_gp',
  'emergency_service',
  'school_or_college',
  'other',
] as const;
type OrganisationType = (typeof ORGANISATION_TYPES)[number];

/** What may be set in an organisation; only what is given changes. Times are milliseconds since the epoch. */
export type OrganisationChanges = {
  name?: string | undefined;
  active?: boolean | undefined;
  crown?: boolean | null | undefined;
  organisation_type?: OrganisationType | undefined;
  agreement_signed?: boolean | null | undefined;
  agreement_signed_at?: number | null | undefined;
  agreement_signed_by_id?: string | null | undefined;
  agreement_signed_version?: number | null | undefined;
  agreement_signed_on_behalf_of_name?: string | null | undefined;
  agreement_signed_on_behalf_of_email_address?: string | null | undefined;
  email_branding_id?: string | null | undefined;
  letter_branding_id?: string | null | undefined;
  request_to_go_live_notes?: string | null | undefined;
  notes?: string | null | undefined;
  purchase_order_number?: string | null | undefined;
  billing_contact_names?: string | null | undefined;
  billing_contact_email_addresses?: string | null | undefined;
  billing_reference?: string | null | undefined;
  /** Replaces the whole list. */
  domains?: string[] | undefined;
};

/** An Organisation of internal-api 4; times are milliseconds since the epoch. */
export type OrganisationView = {
  id: string;
  name: string;
  active: boolean;
  crown: boolean | null;
  organisation_type: string | null;
  domains: string[];
  count_of_live_services: number;
  agreement_signed: boolean | null;
  agreement_signed_at: number | null;
  agreement_signed_by_id: string | null;
  agreement_signed_version: number | null;
  agreement_signed_on_behalf_of_name: string | null;
  agreement_signed_on_behalf_of_email_address: string | null;
  email_branding_id: string | null;
  letter_branding_id: string | null;
  request_to_go_live_notes: string | null;
  notes: string | null;
  purchase_order_number: string | null;
  billing_contact_names: string | null;
  billing_contact_email_addresses: string | null;
  billing_reference: string | null;
};

export type OrganisationListItem = Pick<
  OrganisationView,
  'id' | 'name' | 'active' | 'count_of_live_services' | 'domains' | 'organisation_type'
>;

/** An OrgInvite of internal-api 4; times are milliseconds since the epoch. */
export type OrganisationInviteView = {
  id: string;
  organisation: string;
  invited_by: string;
  email_address: string;
  status: InviteStatus;
  created_at: number;
};

type Organisation = { id: string };
type Member = Organisation & { userId: string };

/** Actions on organisations and their members (internal-api 6.7, 6.8). */
export type OrganisationActions = {
  'organisations.list': { params: Record<string, never>; result: AdminResult<OrganisationListItem[]> };
  'organisations.get': { params: Organisation; result: AdminResult<OrganisationView> };
  'organisations.ofService': { params: { serviceId: string }; result: AdminResult<OrganisationView | null> };
  /** The one that owns the domain, or the longest one above it. */
  'organisations.getByDomain': { params: { domain: string }; result: AdminResult<OrganisationView> };
  'organisations.create': {
    params: OrganisationChanges & { name: string; organisation_type: OrganisationType };
    result: AdminResult<OrganisationView>;
  };
  'organisations.update': {
    params: Organisation & { changes: OrganisationChanges; requestId: string };
    result: AdminResult<null>;
  };
  /** The service takes the organisation's type and crown. */
  'organisations.linkService': { params: Organisation & { serviceId: string }; result: AdminResult<null> };
  'organisations.services': { params: Organisation; result: AdminResult<ServiceBrief[]> };
  'organisations.members': { params: Organisation; result: AdminResult<UserView[]> };
  'organisations.addMember': { params: Member; result: AdminResult<UserView> };
  'organisations.removeMember': { params: Member; result: AdminResult<null> };

  'organisationInvites.create': {
    params: {
      organisationId: string;
      invitedBy: string;
      email: string;
      inviteLinkHost: string | null;
      requestId: string;
    };
    result: AdminResult<OrganisationInviteView>;
  };
  'organisationInvites.list': { params: { organisationId: string }; result: AdminResult<OrganisationInviteView[]> };
  /** `organisationId` null means whichever organisation's. */
  'organisationInvites.get': {
    params: { id: string; organisationId: string | null };
    result: AdminResult<OrganisationInviteView>;
  };
  'organisationInvites.update': {
    params: { id: string; organisationId: string; status: InviteStatus };
    result: AdminResult<OrganisationInviteView>;
  };
  'organisationInvites.check': { params: { token: string }; result: AdminResult<OrganisationInviteView> };
};
