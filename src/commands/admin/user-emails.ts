import { type AdminResult, done } from '../../admin-refusal.ts';
import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { getUserByEmail, readUser } from '../../queries/admin/users.ts';
import type { AdminCommandParts } from './parts.ts';
import type { InternalMessage } from './send-internal.ts';

/** A link that proves that the user's stored address is the user's. */
export function sendEmailVerification(parts: AdminCommandParts): AdminAction<'users.sendEmailVerification'> {
  return async ({ userId, adminBaseUrl, requestId }) => {
    const user = await readUser(parts.pool, userId);
    if (user.outcome === 'refused') return user;
    const { id, name, email_address: email } = user.value;
    return sent(parts, {
      templateId: INTERNAL_TEMPLATES.emailVerification,
      recipient: email,
      personalisation: { name, url: parts.links.emailVerification(adminBaseUrl, { id, email }) },
      requestId,
    });
  };
}

/** A link to the new address, which becomes the user's when it is opened. */
export function sendEmailChange(parts: AdminCommandParts): AdminAction<'users.sendEmailChange'> {
  return async ({ userId, email, requestId }) => {
    const user = await readUser(parts.pool, userId);
    if (user.outcome === 'refused') return user;
    const { id, name } = user.value;
    const { links } = parts;
    return sent(parts, {
      templateId: INTERNAL_TEMPLATES.emailChange,
      recipient: email,
      personalisation: { name, url: links.emailChange({ id, email }), feedback_url: links.page('/support') },
      requestId,
    });
  };
}

/** For whoever registers with an address that has an account: the answer to the registration does not tell. */
export function sendAlreadyRegistered(parts: AdminCommandParts): AdminAction<'users.sendAlreadyRegistered'> {
  return async ({ email, requestId }) =>
    sent(parts, {
      templateId: INTERNAL_TEMPLATES.alreadyRegistered,
      recipient: email,
      personalisation: {
        signin_url: parts.links.page('/sign-in'),
        forgot_password_url: parts.links.page('/forgot-password'),
        feedback_url: parts.links.page('/support'),
      },
      requestId,
    });
}

/** Goes to the address as typed; the link carries the stored one. */
export function sendPasswordReset(parts: AdminCommandParts): AdminAction<'users.sendPasswordReset'> {
  return async ({ email, adminBaseUrl, next, requestId }) => {
    const user = await getUserByEmail(parts.pool)({ email });
    if (user.outcome === 'refused') return user;
    const reset = { email: user.value.email_address, createdAt: parts.now(), next };
    return sent(parts, {
      templateId: INTERNAL_TEMPLATES.passwordReset,
      recipient: email,
      personalisation: { user_name: user.value.name, url: parts.links.passwordReset(adminBaseUrl, reset) },
      requestId,
    });
  };
}

async function sent({ send }: AdminCommandParts, message: InternalMessage): Promise<AdminResult<null>> {
  const result = await send(message);
  return result.outcome === 'refused' ? result : done(null);
}
