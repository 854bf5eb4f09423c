import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import { BROADCAST_ORGANISATION_ID, NOTIFY_SERVICE_ID } from '../../built-in.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { UserAccounts, UserBriefView, UserView } from '../../messages/admin-users.ts';
import { jsonList, literal, millis } from './columns.ts';
import { serviceExists } from './services.ts';

/** A User of internal-api 4, from `users u`. */
const USER = `
select u.id, u.name, u.email_address, u.mobile_number, u.auth_type, u.state, u.platform_admin,
  u.platform_admin or u.auth_type = 'webauthn_auth' or exists (
    select from user_to_service m join services s on s.id = m.service_id
    where m.user_id = u.id
      and (s.id = '${NOTIFY_SERVICE_ID}' or s.organisation_id = '${BROADCAST_ORGANISATION_ID}')
  ) as can_use_webauthn,
  u.failed_login_count, u.current_session_id, ${millis('u.logged_in_at')} as logged_in_at,
  ${millis('u.email_access_validated_at')} as email_access_validated_at,
  ${millis('u.password_changed_at')} as password_changed_at,
  ${jsonList(`
    select o.id as item from user_to_organisation m join organisation o on o.id = m.organisation_id
    where m.user_id = u.id and o.active order by o.created_at, o.id`)} as organisations,
  ${jsonList(`
    select s.id as item from user_to_service m join services s on s.id = m.service_id
    where m.user_id = u.id and s.active order by s.created_at, s.id`)} as services,
  (
    select coalesce(json_object_agg(service_id, names), '{}') from (
      select p.service_id, json_agg(p.permission order by p.permission) as names
      from permissions p join services s on s.id = p.service_id and s.active
      where p.user_id = u.id
      group by p.service_id
    ) as granted
  ) as permissions
from users u`;

const ACCOUNTS = `
select
  ${jsonList(`
    select json_build_object('id', o.id, 'name', o.name, 'count_of_live_services', (
      select count(*) from services s where s.organisation_id = o.id and s.active and not s.restricted
    )) as item
    from user_to_organisation m join organisation o on o.id = m.organisation_id
    where m.user_id = u.id and o.active order by o.name`)} as organisations,
  ${jsonList(`
    select json_build_object('id', s.id, 'name', s.name, 'restricted', s.restricted, 'organisation', s.organisation_id)
      as item
    from user_to_service m join services s on s.id = m.service_id
    where m.user_id = u.id and s.active order by s.name`)} as services
from users u where u.id = $1`;

/** A user as stored now. */
export async function readUser(pool: Pool, id: string): Promise<AdminResult<UserView>> {
  const { rows } = await pool.query<UserView>({ name: 'read user', text: `${USER} where u.id = $1`, values: [id] });
  return rows[0] === undefined ? noResult() : done(rows[0]);
}

export function getUser(pool: Pool): AdminAction<'users.get'> {
  return ({ userId }) => readUser(pool, userId);
}

export function getUserByEmail(pool: Pool): AdminAction<'users.getByEmail'> {
  return async ({ email }) => {
    const { rows } = await pool.query<UserView>(`${USER} where lower(u.email_address) = lower($1)`, [email]);
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}

export function listUsers(pool: Pool): AdminAction<'users.list'> {
  return async () => {
    const { rows } = await pool.query<UserView>(`${USER} order by u.created_at, u.id`);
    return done(rows);
  };
}

/** Active members of a service; those of an unknown one are nobody's. */
export function listMembers(pool: Pool): AdminAction<'members.list'> {
  return async ({ serviceId }) => {
    if (!(await serviceExists(pool, serviceId))) return noResult();
    const { rows } = await pool.query<UserView>(
      `${USER} join user_to_service member on member.user_id = u.id
       where member.service_id = $1 and u.state = 'active' order by u.created_at, u.id`,
      [serviceId],
    );
    return done(rows);
  };
}

/** Active members of an organisation; an unknown one has none. */
export function listOrganisationMembers(pool: Pool): AdminAction<'organisations.members'> {
  return async ({ id }) => {
    const { rows } = await pool.query<UserView>(
      `${USER} join user_to_organisation member on member.user_id = u.id
       where member.organisation_id = $1 and u.state = 'active' order by u.created_at, u.id`,
      [id],
    );
    return done(rows);
  };
}

export function findUsersByEmail(pool: Pool): AdminAction<'users.findByEmail'> {
  return async ({ email }) => {
    const { rows } = await pool.query<UserBriefView>(
      'select id, name, email_address, mobile_number from users where email_address ilike $1 order by email_address',
      [`%${literal(email)}%`],
    );
    return done(rows);
  };
}

export function listAccounts(pool: Pool): AdminAction<'users.accounts'> {
  return async ({ userId }) => {
    const { rows } = await pool.query<UserAccounts>(ACCOUNTS, [userId]);
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}
