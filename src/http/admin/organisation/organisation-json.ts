import type { OrganisationView } from '../../../messages/admin-organisations.ts';
import { httpTime, orNull } from '../times.ts';

/** An Organisation (internal-api 4). */
export function organisationJson(organisation: OrganisationView): object {
  return { ...organisation, agreement_signed_at: orNull(httpTime)(organisation.agreement_signed_at) };
}
