import type { Pool } from 'pg';
import { done, noResult, unknownUrl } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { OrganisationListItem, OrganisationView } from '../../messages/admin-organisations.ts';
import type { ServiceBrief } from '../../messages/admin-services.ts';
import { jsonList, millis } from './columns.ts';

const BRIEF = `
  o.id, o.name, o.active, o.organisation_type,
  ${jsonList('select domain as item from domain where organisation_id = o.id order by domain')} as domains,
  (
    select count(*)::int from services s where s.organisation_id = o.id and s.active and not s.restricted
  ) as count_of_live_services`;

const ORGANISATION = `
select ${BRIEF}, o.crown, o.agreement_signed, ${millis('o.agreement_signed_at')} as agreement_signed_at,
  o.agreement_signed_by_id, o.agreement_signed_version, o.agreement_signed_on_behalf_of_name,
  o.agreement_signed_on_behalf_of_email_address, o.email_branding_id, o.letter_branding_id,
  o.request_to_go_live_notes, o.notes, o.purchase_order_number, o.billing_contact_names,
  o.billing_contact_email_addresses, o.billing_reference
from organisation o where o.id = $1`;

/** $1 a domain. Of the domains that it is or is below, the longest counts (internal-api 6.7). */
const OWNER = `
select organisation_id from domain
where $1 = domain or right($1, length(domain) + 1) = '.' || domain
order by length(domain) desc, domain limit 1`;

/** Active ones first, then by name. */
export function listOrganisations(pool: Pool): AdminAction<'organisations.list'> {
  return async () => {
    const { rows } = await pool.query<OrganisationListItem>(
      `select ${BRIEF} from organisation o order by o.active desc, o.name`,
    );
    return done(rows);
  };
}

export function getOrganisation(pool: Pool): AdminAction<'organisations.get'> {
  return async ({ id }) => {
    const { rows } = await pool.query<OrganisationView>(ORGANISATION, [id]);
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}

/** The one that a service belongs to; null for none. */
export function getOrganisationOfService(pool: Pool): AdminAction<'organisations.ofService'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<{ id: string | null }>(
      'select organisation_id as id from services where id = $1',
      [serviceId],
    );
    const id = rows[0]?.id ?? null;
    return id === null ? done(null) : getOrganisation(pool)({ id });
  };
}

export function getOrganisationByDomain(pool: Pool): AdminAction<'organisations.getByDomain'> {
  return async ({ domain }) => {
    const id = await ownerOf(pool, domain);
    return id === null ? unknownUrl() : getOrganisation(pool)({ id });
  };
}

/** The organisation that owns a domain; null for none. */
export async function ownerOf(pool: Pool, domain: string): Promise<string | null> {
  const known = domain.toLowerCase().replaceAll('.gsi.gov.uk', '.gov.uk');
  const { rows } = await pool.query<{ organisation_id: string }>(OWNER, [known]);
  return rows[0]?.organisation_id ?? null;
}

/** Active ones first, then by name. */
export function listOrganisationServices(pool: Pool): AdminAction<'organisations.services'> {
  return async ({ id }) => {
    const { rowCount } = await pool.query('select from organisation where id = $1', [id]);
    if (rowCount === 0) return noResult();
    const { rows } = await pool.query<ServiceBrief>(
      `select id, name, active, restricted, research_mode from services
       where organisation_id = $1 order by active desc, name`,
      [id],
    );
    return done(rows);
  };
}
