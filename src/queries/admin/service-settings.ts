import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { GuestList, RetentionView } from '../../messages/admin-service-settings.ts';
import { jsonList, millis } from './columns.ts';

const guests = (type: 'email' | 'mobile'): string =>
  jsonList(`select recipient as item from service_whitelist
    where service_id = s.id and recipient_type = '${type}' order by created_at, recipient`);

const GUESTS = `
select ${guests('email')} as email_addresses, ${guests('mobile')} as phone_numbers
from services s where s.id = $1`;

const RETENTION = `
select r.id, r.service_id, s.name as service_name, r.notification_type, r.days_of_retention,
  ${millis('r.created_at')} as created_at, ${millis('r.updated_at')} as updated_at
from service_data_retention r join services s on s.id = r.service_id
where r.service_id = $1`;

export function getGuestList(pool: Pool): AdminAction<'guestLists.get'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<GuestList>(GUESTS, [serviceId]);
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}

/** Emails', texts' and letters' in this order. */
export function listRetentions(pool: Pool): AdminAction<'retentions.list'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<RetentionView>(`${RETENTION} order by r.notification_type`, [serviceId]);
    return done(rows);
  };
}

export function getRetention(pool: Pool): AdminAction<'retentions.get'> {
  return ({ serviceId, id }) => readRetention(pool, 'r.id = $2', [serviceId, id]);
}

export function getRetentionByType(pool: Pool): AdminAction<'retentions.getByType'> {
  return ({ serviceId, type }) => readRetention(pool, 'r.notification_type = $2', [serviceId, type]);
}

async function readRetention(
  pool: Pool,
  condition: string,
  values: readonly string[],
): Promise<AdminResult<RetentionView | null>> {
  const { rows } = await pool.query<RetentionView>(`${RETENTION} and ${condition}`, [...values]);
  return done(rows[0] ?? null);
}
