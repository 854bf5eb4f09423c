import type { UserView } from '../../../messages/admin-users.ts';
import { wireTime, wireTimeOrNull } from '../../../wire-time.ts';
import { spacedTime } from '../times.ts';

/** A User (internal-api 4). */
export function userJson(user: UserView): object {
  return {
    ...user,
    logged_in_at: wireTimeOrNull(user.logged_in_at),
    email_access_validated_at: wireTime(user.email_access_validated_at),
    password_changed_at: spacedTime(user.password_changed_at),
  };
}
