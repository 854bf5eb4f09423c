import type { Pool } from 'pg';
import { done, noResult, plainRefusal } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ApiKeyView } from '../../messages/admin-services.ts';
import { millis } from './columns.ts';
import { serviceExists } from './services.ts';

const API_KEY = `
select k.id, k.name, k.key_type, k.created_by_id as created_by, ${millis('k.created_at')} as created_at,
  ${millis('k.updated_at')} as updated_at, ${millis('k.expiry_date')} as expiry_date, k.version
from api_keys k where k.service_id = $1`;

/** Live keys, and those that expired on a date less than seven days ago. */
export function listApiKeys(pool: Pool): AdminAction<'apiKeys.list'> {
  return async ({ serviceId }) => {
    if (!(await serviceExists(pool, serviceId))) return noResult();
    const { rows } = await pool.query<ApiKeyView>(
      `${API_KEY} and (k.expiry_date is null or k.expiry_date::date > current_date - 7) order by k.created_at desc, k.id`,
      [serviceId],
    );
    return done(rows);
  };
}

/** One live key. The text for an unknown one names the service, as clients know it. */
export function getApiKey(pool: Pool): AdminAction<'apiKeys.get'> {
  return async ({ serviceId, id }) => {
    if (!(await serviceExists(pool, serviceId))) return noResult();
    const { rows } = await pool.query<ApiKeyView>(`${API_KEY} and k.id = $2 and k.expiry_date is null`, [
      serviceId,
      id,
    ]);
    return rows[0] === undefined ? plainRefusal(404, `API key not found for id: ${serviceId}`) : done(rows[0]);
  };
}
