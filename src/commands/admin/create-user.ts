import { randomUUID } from 'node:crypto';
import { fieldRefusal, plainRefusal } from '../../admin-refusal.ts';
import { hashPassword } from '../../crypto/password.ts';
import { User } from '../../db/entities/identity.ts';
import { brokenConstraint } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { AuthType } from '../../messages/admin-users.ts';
import { readUser } from '../../queries/admin/users.ts';
import type { AdminCommandParts } from './parts.ts';

export const NUMBER_NEEDED = plainRefusal(400, 'Mobile number must be set if auth_type is set to sms_auth');
export const ADDRESS_TAKEN = fieldRefusal('email_address', 'Email address is already in use');

/** Someone who signs in by text needs a number. */
export function needsNumber(authType: AuthType, mobileNumber: string | null): boolean {
  return mobileNumber === null && authType === 'sms_auth';
}

/** Whether a write failed because another user has the address, in whatever letter case. */
export function isAddressTaken(error: unknown): boolean {
  return brokenConstraint(error)?.endsWith('email_address') ?? false;
}

/** A user who has still to confirm the address. */
export function createUser(parts: Pick<AdminCommandParts, 'transact' | 'read' | 'pool'>): AdminAction<'users.create'> {
  return async ({ name, email_address, mobile_number, auth_type, password }) => {
    if (needsNumber(auth_type, mobile_number)) return NUMBER_NEEDED;
    const id = randomUUID();
    const hash = await hashPassword(password);
    try {
      await parts.transact(async (em) => {
        em.create(User, {
          id,
          name,
          emailAddress: email_address,
          mobileNumber: mobile_number,
          authType: auth_type,
          password: hash,
        });
      });
    } catch (error) {
      if (isAddressTaken(error)) return ADDRESS_TAKEN;
      throw error;
    }
    return readUser(parts.pool, id);
  };
}
