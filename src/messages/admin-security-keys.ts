import type { AdminResult } from '../admin-refusal.ts';

/** A Credential of internal-api 4; times are milliseconds since the epoch. */
export type CredentialView = {
  id: string;
  user_id: string;
  name: string;
  /** Base64 CBOR. */
  credential_data: string;
  created_at: number;
  updated_at: number | null;
};

type User = { userId: string };

/** Actions on the security keys with which people sign in (internal-api 6.3, and the log-in of 6.2). */
export type SecurityKeyActions = {
  'securityKeys.list': { params: User; result: AdminResult<CredentialView[]> };
  'securityKeys.create': {
    params: User & { name: string; credentialData: string; registrationResponse: string };
    result: AdminResult<CredentialView>;
  };
  'securityKeys.rename': { params: User & { id: string; name: string }; result: AdminResult<CredentialView> };
  'securityKeys.remove': { params: User & { id: string }; result: AdminResult<null> };
  /** The admin application has checked the key; it tells whether it was right. */
  'securityKeys.completeLogin': { params: User & { successful: boolean }; result: AdminResult<null> };
};
