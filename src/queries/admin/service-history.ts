import type { Pool } from 'pg';
import { done } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ApiKeyVersionView, ServiceVersionView } from '../../messages/admin-history.ts';
import { millis } from './columns.ts';
import { readTemplateHistory } from './templates.ts';

const TIMES = `${millis('created_at')} as created_at, ${millis('updated_at')} as updated_at`;

const SERVICE = `
select id, name, ${TIMES}, active, message_limit::float8 as message_limit, restricted, email_from, created_by_id, version
from services_history where id = $1 order by version`;

const API_KEYS = `
select id, name, service_id, ${millis('expiry_date')} as expiry_date, ${TIMES}, created_by_id
from api_keys_history where service_id = $1 order by created_at, id, version`;

/** All versions; templates that are hidden are there as well. */
export function getServiceHistory(pool: Pool): AdminAction<'services.history'> {
  return async ({ serviceId }) => {
    const service = await pool.query<ServiceVersionView>(SERVICE, [serviceId]);
    const apiKeys = await pool.query<ApiKeyVersionView>(API_KEYS, [serviceId]);
    return done({
      service: service.rows,
      apiKeys: apiKeys.rows,
      templates: await readTemplateHistory(pool, serviceId),
    });
  };
}
