import type { Organisation } from '../../db/entities/organisations.ts';
import type { OrganisationChanges } from '../../messages/admin-organisations.ts';

/** The columns of an organisation that may be set, by the admin application's names for them. */
const COLUMNS = {
  name: 'name',
  active: 'active',
  crown: 'crown',
  organisation_type: 'organisationType',
  agreement_signed: 'agreementSigned',
  agreement_signed_by_id: 'agreementSignedById',
  agreement_signed_version: 'agreementSignedVersion',
  agreement_signed_on_behalf_of_name: 'agreementSignedOnBehalfOfName',
  agreement_signed_on_behalf_of_email_address: 'agreementSignedOnBehalfOfEmailAddress',
  email_branding_id: 'emailBrandingId',
  letter_branding_id: 'letterBrandingId',
  request_to_go_live_notes: 'requestToGoLiveNotes',
  notes: 'notes',
  purchase_order_number: 'purchaseOrderNumber',
  billing_contact_names: 'billingContactNames',
  billing_contact_email_addresses: 'billingContactEmailAddresses',
  billing_reference: 'billingReference',
} as const satisfies Partial<Record<keyof OrganisationChanges, keyof Organisation>>;

/** The columns of the changes that are given. */
export function organisationColumns(changes: OrganisationChanges): Partial<Organisation> {
  const columns: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(COLUMNS)) {
    const value = changes[name as keyof typeof COLUMNS];
    if (value !== undefined) columns[column] = value;
  }
  const { agreement_signed_at: signedAt } = changes;
  if (signedAt !== undefined) columns['agreementSignedAt'] = signedAt === null ? null : new Date(signedAt);
  return columns;
}
