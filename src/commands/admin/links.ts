import { type UrlTokenSecrets, urlToken } from '../../content/url-tokens.ts';

/**
 * Links to the admin application, which reads their tokens itself with the same secrets (internal-api 5.1). `base` is
 * without a final slash; null means the configured address.
 */
export type AdminLinks = {
  emailVerification(base: string | null, user: { id: string; email: string }): string;
  signIn(base: string | null, sign: { userId: string; code: string; next: string | null }): string;
  /** `createdAt` is in milliseconds since the epoch. */
  passwordReset(base: string | null, reset: { email: string; createdAt: number; next: string | null }): string;
  emailChange(user: { id: string; email: string }): string;
  invitation(base: string | null, inviteId: string): string;
  organisationInvitation(base: string | null, inviteId: string): string;
  /** An address without a token, such as `/support`. */
  page(path: string): string;
  secrets: UrlTokenSecrets;
};

export function adminLinks(adminBaseUrl: string, secrets: UrlTokenSecrets): AdminLinks {
  const link = (base: string | null, path: string, payload: string, next: string | null = null) => {
    const query = next === null || next === '' ? '' : `?${new URLSearchParams({ next })}`;
    return `${(base ?? adminBaseUrl).replace(/\/$/, '')}${path}${urlToken(payload, secrets)}${query}`;
  };
  return {
    emailVerification: (base, { id, email }) => link(base, '/verify-email/', JSON.stringify({ user_id: id, email })),
    signIn: (base, { userId, code, next }) =>
      link(base, '/email-auth/', JSON.stringify({ user_id: userId, secret_code: code }), next),
    passwordReset: (base, { email, createdAt, next }) => {
      const created_at = `${new Date(createdAt).toISOString().slice(0, -1).replace('T', ' ')}000`;
      return link(base, '/new-password/', JSON.stringify({ email, created_at }), next);
    },
    emailChange: ({ id, email }) => link(null, '/user-profile/email/confirm/', JSON.stringify({ user_id: id, email })),
    invitation: (base, inviteId) => link(base, '/invitation/', inviteId),
    organisationInvitation: (base, inviteId) => link(base, '/organisation-invitation/', inviteId),
    page: (path) => `${adminBaseUrl}${path}`,
    secrets,
  };
}
