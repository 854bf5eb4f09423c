import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { OrganisationInviteView } from '../../messages/admin-organisations.ts';
import { millis } from './columns.ts';

const INVITE = `
select id, organisation_id as organisation, invited_by_id as invited_by, email_address, status,
  ${millis('created_at')} as created_at
from invited_organisation_users`;

/** An invitation, of a given organisation where `organisationId` is not null. */
export async function readOrganisationInvite(
  pool: Pool,
  id: string,
  organisationId: string | null,
): Promise<AdminResult<OrganisationInviteView>> {
  const { rows } = await pool.query<OrganisationInviteView>(
    `${INVITE} where id = $1 and ($2::uuid is null or organisation_id = $2)`,
    [id, organisationId],
  );
  return rows[0] === undefined ? noResult() : done(rows[0]);
}

export function getOrganisationInvite(pool: Pool): AdminAction<'organisationInvites.get'> {
  return ({ id, organisationId }) => readOrganisationInvite(pool, id, organisationId);
}

export function listOrganisationInvites(pool: Pool): AdminAction<'organisationInvites.list'> {
  return async ({ organisationId }) => {
    const { rows } = await pool.query<OrganisationInviteView>(
      `${INVITE} where organisation_id = $1 order by created_at, id`,
      [organisationId],
    );
    return done(rows);
  };
}
