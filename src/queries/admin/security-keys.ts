import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { CredentialView } from '../../messages/admin-security-keys.ts';
import { millis } from './columns.ts';

const CREDENTIAL = `
select id, user_id, name, credential_data, ${millis('created_at')} as created_at, ${millis('updated_at')} as updated_at
from webauthn_credential where user_id = $1`;

export function listCredentials(pool: Pool): AdminAction<'securityKeys.list'> {
  return async ({ userId }) => {
    const { rowCount } = await pool.query('select from users where id = $1', [userId]);
    if (rowCount === 0) return noResult();
    const { rows } = await pool.query<CredentialView>(`${CREDENTIAL} order by created_at, id`, [userId]);
    return done(rows);
  };
}

/** A key of a user. */
export async function readCredential(pool: Pool, userId: string, id: string): Promise<AdminResult<CredentialView>> {
  const { rows } = await pool.query<CredentialView>(`${CREDENTIAL} and id = $2`, [userId, id]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}
