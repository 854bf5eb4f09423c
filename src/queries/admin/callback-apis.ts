import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { CallbackType } from '../../db/entities/api-access.ts';
import type { CallbackApiView } from '../../messages/admin-callbacks.ts';
import { millis } from './columns.ts';

/** $1 service, $2 id, $3 types. */
const CALLBACK_API = `
select id, service_id, url, updated_by_id, ${millis('created_at')} as created_at, ${millis('updated_at')} as updated_at
from service_callback_api where service_id = $1 and id = $2 and callback_type = any($3)`;

/** A callback of one of these types. */
export function getCallbackApi(pool: Pool, types: readonly CallbackType[]) {
  return async ({ serviceId, id }: { serviceId: string; id: string }): Promise<AdminResult<CallbackApiView>> => {
    const { rows } = await pool.query<CallbackApiView>(CALLBACK_API, [serviceId, id, types]);
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}
