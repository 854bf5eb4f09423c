import { randomUUID } from 'node:crypto';
import { done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { hashPassword } from '../../crypto/password.ts';
import { User } from '../../db/entities/identity.ts';
import { Permission } from '../../db/entities/members.ts';
import { UserToOrganisation } from '../../db/entities/organisations.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { archivedName } from './archived-name.ts';
import { removeMember, servicesOf } from './memberships.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

const NEEDED = plainRefusal(
  400,
  'User can’t be removed from a service - check all services have another team member with manage_settings',
);
/** No session of anybody's. */
const NO_SESSION = '00000000-0000-0000-0000-000000000000';

/** $1 user: active services in which no other active member may manage settings. */
const LEFT_ALONE = `
select s.id from services s join user_to_service m on m.service_id = s.id
where m.user_id = ? and s.active and not exists (
  select from user_to_service other
  join users u on u.id = other.user_id and u.state = 'active'
  join permissions p on p.user_id = u.id and p.service_id = s.id and p.permission = 'manage_settings'
  where other.service_id = s.id and other.user_id <> m.user_id
)`;

/** Ends all memberships of a user and makes the address free again. Each active service must have another manager. */
export function archiveUser(parts: AdminCommandParts): AdminAction<'users.archive'> {
  return async ({ userId }) => {
    const services = await servicesOf(parts.pool, userId);
    const password = await hashPassword(randomUUID());
    const archived = await allOrNothing(parts, async (em) => {
      const user = await em.findOne(User, { id: userId });
      if (user === null) return noResult();
      if ((await em.execute(LEFT_ALONE, [userId])).length > 0) return NEEDED;
      for (const serviceId of services) await removeMember(em, { userId, serviceId });
      const emailAddress = await archivedName(user.emailAddress, new Date(parts.now()), isTaken(em));
      await empty(em, user, emailAddress, password);
      return done(null);
    });
    if (archived.outcome === 'done') parts.changed(services);
    return archived;
  };
}

/** Whether an address is somebody's, in whatever letter case. */
function isTaken(em: Transaction): (address: string) => Promise<boolean> {
  return async (address) =>
    (await em.execute('select from users where lower(email_address) = lower(?)', [address])).length > 0;
}

async function empty(em: Transaction, user: User, emailAddress: string, password: string): Promise<void> {
  await em.nativeDelete(Permission, { userId: user.id });
  await em.nativeDelete(UserToOrganisation, { userId: user.id });
  em.assign(user, {
    emailAddress,
    mobileNumber: null,
    authType: 'email_auth',
    password,
    currentSessionId: NO_SESSION,
    state: 'inactive',
  });
}
