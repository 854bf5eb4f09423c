import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { InviteView } from '../../messages/admin-services.ts';
import { millis } from './columns.ts';

const INVITE = `
select id, service_id as service, user_id as from_user, email_address, permissions, folder_permissions, auth_type,
  status, ${millis('created_at')} as created_at
from invited_users`;

/** An invitation, of a given service where `serviceId` is not null. */
export async function readInvite(pool: Pool, id: string, serviceId: string | null): Promise<AdminResult<InviteView>> {
  const { rows } = await pool.query<InviteView>(`${INVITE} where id = $1 and ($2::uuid is null or service_id = $2)`, [
    id,
    serviceId,
  ]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}

export function getInvite(pool: Pool): AdminAction<'invites.get'> {
  return ({ id, serviceId }) => readInvite(pool, id, serviceId);
}

export function listInvites(pool: Pool): AdminAction<'invites.list'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<InviteView>(`${INVITE} where service_id = $1 order by created_at, id`, [
      serviceId,
    ]);
    return done(rows);
  };
}
