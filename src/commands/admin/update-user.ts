import { noResult } from '../../admin-refusal.ts';
import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import { User } from '../../db/entities/identity.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { UserChanges } from '../../messages/admin-users.ts';
import { readUser } from '../../queries/admin/users.ts';
import { ADDRESS_TAKEN, isAddressTaken, NUMBER_NEEDED, needsNumber } from './create-user.ts';
import { servicesOf } from './memberships.ts';
import type { AdminCommandParts } from './parts.ts';

/** Changes a user; one whom a colleague gave another address or number is told at the new one, once. */
export function updateUser(parts: AdminCommandParts): AdminAction<'users.update'> {
  return async ({ userId, changes, updatedBy, requestId }) => {
    const before = await readUser(parts.pool, userId);
    if (before.outcome === 'refused') return before;
    const editor = updatedBy === null ? null : await readUser(parts.pool, updatedBy);
    if (editor?.outcome === 'refused') return noResult();
    const { auth_type = before.value.auth_type, mobile_number = before.value.mobile_number } = changes;
    if (needsNumber(auth_type, mobile_number)) return NUMBER_NEEDED;
    try {
      await parts.transact(async (em) => {
        em.assign(await em.findOneOrFail(User, { id: userId }), columns(changes));
      });
    } catch (error) {
      if (isAddressTaken(error)) return ADDRESS_TAKEN;
      throw error;
    }
    parts.changed(await servicesOf(parts.pool, userId));
    const after = await readUser(parts.pool, userId);
    if (editor !== null && after.outcome === 'done') {
      const names = {
        name: after.value.name,
        servicemanagername: editor.value.name,
        'email address': after.value.email_address,
      };
      await tell(parts, changes, names, requestId);
    }
    return after;
  };
}

function columns(changes: UserChanges) {
  const { email_access_validated_at: validatedAt } = changes;
  return {
    ...(changes.name !== undefined && { name: changes.name }),
    ...(changes.email_address !== undefined && { emailAddress: changes.email_address }),
    ...(changes.mobile_number !== undefined && { mobileNumber: changes.mobile_number }),
    ...(changes.auth_type !== undefined && { authType: changes.auth_type }),
    ...(changes.current_session_id !== undefined && { currentSessionId: changes.current_session_id }),
    ...(validatedAt !== undefined && { emailAccessValidatedAt: new Date(validatedAt) }),
  };
}

async function tell(
  { send }: AdminCommandParts,
  { email_address, mobile_number }: UserChanges,
  personalisation: Record<string, string>,
  requestId: string,
): Promise<void> {
  if (email_address !== undefined) {
    const templateId = INTERNAL_TEMPLATES.memberEmailChanged;
    await send({ templateId, recipient: email_address, personalisation, requestId });
  } else if (mobile_number !== undefined && mobile_number !== null) {
    const templateId = INTERNAL_TEMPLATES.memberNumberChanged;
    await send({ templateId, recipient: mobile_number, personalisation, requestId });
  }
}
