import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ServiceBrief, ServiceDetails, ServiceView } from '../../messages/admin-services.ts';
import { jsonList, literal, millis } from './columns.ts';
import { readStatistics } from './service-statistics.ts';

/** What Service and ServiceDetailed of internal-api 4 have in common, from `services s`. */
const CORE = `
  s.id, s.name, s.active, s.restricted, s.research_mode, s.prefix_sms, s.count_as_live,
  s.organisation_id as organisation, s.organisation_type,
  (select letter_branding_id from service_letter_branding where service_id = s.id) as letter_branding,
  ${millis('s.go_live_at')} as go_live_at, s.go_live_user_id as go_live_user, s.contact_link, s.consent_to_research,
  s.volume_email, s.volume_sms, s.volume_letter, s.notes, s.purchase_order_number, s.billing_contact_names,
  s.billing_contact_email_addresses, s.billing_reference,
  ${jsonList(`select id as item from service_callback_api
    where service_id = s.id and callback_type in ('delivery_status', 'complaint') order by created_at`)}
    as service_callback_api`;

const SERVICE = `
select ${CORE}, s.email_from, s.message_limit::float8 as message_limit, s.email_message_limit, s.sms_message_limit,
  s.letter_message_limit, s.international_sms_message_limit, s.rate_limit, s.created_by_id as created_by,
  ${jsonList('select permission as item from service_permissions where service_id = s.id order by permission')}
    as permissions,
  (select email_branding_id from service_email_branding where service_id = s.id) as email_branding,
  ${jsonList(`select id as item from service_callback_api
    where service_id = s.id and callback_type = 'inbound_sms'`)} as inbound_api
from services s`;

const DETAILS = `
select ${CORE}, ${millis('s.created_at')} as created_at, ${millis('s.updated_at')} as updated_at,
  ${jsonList(`select id as item from service_letter_contacts where service_id = s.id order by created_at`)}
    as letter_contacts,
  ${jsonList('select id as item from complaints where service_id = s.id order by created_at')} as complaints
from services s where s.id = $1`;

/** A service as stored now, archived or not. */
export async function readService(pool: Pool, id: string): Promise<AdminResult<ServiceView>> {
  const { rows } = await pool.query<ServiceView>({
    name: 'read service',
    text: `${SERVICE} where s.id = $1`,
    values: [id],
  });
  return rows[0] === undefined ? noResult() : done(rows[0]);
}

export async function serviceExists(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('select from services where id = $1', [id]);
  return rowCount === 1;
}

export function getService(pool: Pool): AdminAction<'services.get'> {
  return ({ serviceId }) => readService(pool, serviceId);
}

/** In the order in which they were made. */
export function listServices(pool: Pool): AdminAction<'services.list'> {
  return async ({ userId, onlyActive }) => {
    const { rows } = await pool.query<ServiceView>(
      `${SERVICE}
       where ($1::uuid is null or exists (select from user_to_service where user_id = $1 and service_id = s.id))
         and (s.active or not $2)
       order by s.created_at, s.id`,
      [userId, onlyActive],
    );
    return done(rows);
  };
}

export function findServicesByName(pool: Pool): AdminAction<'services.findByName'> {
  return async ({ name }) => {
    const { rows } = await pool.query<ServiceBrief>(
      'select id, name, active, restricted, research_mode from services where name ilike $1 order by name',
      [`%${literal(name)}%`],
    );
    return done(rows);
  };
}

export function getServiceDetails(pool: Pool): AdminAction<'services.details'> {
  return async ({ serviceId, days }) => {
    const { rows } = await pool.query<Omit<ServiceDetails, 'statistics'>>(DETAILS, [serviceId]);
    if (rows[0] === undefined) return noResult();
    return done({ ...rows[0], statistics: await readStatistics(pool, serviceId, days) });
  };
}
