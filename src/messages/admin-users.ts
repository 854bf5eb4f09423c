import type { AdminResult } from '../admin-refusal.ts';

/** How someone signs in. */
export const AUTH_TYPES = ['sms_auth', 'email_auth', 'webauthn_auth'] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

/** A User of internal-api 4, under its names there; times are milliseconds since the epoch. */
export type UserView = {
  id: string;
  name: string;
  email_address: string;
  mobile_number: string | null;
  auth_type: AuthType;
  state: 'pending' | 'active' | 'inactive';
  platform_admin: boolean;
  can_use_webauthn: boolean;
  failed_login_count: number;
  current_session_id: string | null;
  logged_in_at: number | null;
  email_access_validated_at: number;
  password_changed_at: number;
  organisations: string[];
  services: string[];
  /** Permission names by service id. */
  permissions: Record<string, string[]>;
};

export type UserBriefView = { id: string; name: string; email_address: string; mobile_number: string | null };

type NewUser = {
  name: string;
  email_address: string;
  mobile_number: string | null;
  auth_type: AuthType;
  password: string;
};

/** Only what is given changes. */
export type UserChanges = {
  name?: string | undefined;
  email_address?: string | undefined;
  mobile_number?: string | null | undefined;
  auth_type?: AuthType | undefined;
  /** Null signs the user out. */
  current_session_id?: string | null | undefined;
  email_access_validated_at?: number | undefined;
};

/** Active organisations and services of a user. */
export type UserAccounts = {
  organisations: { id: string; name: string; count_of_live_services: number }[];
  services: { id: string; name: string; restricted: boolean; organisation: string | null }[];
};

type CodeType = 'sms' | 'email';

/** Where links in a message lead; null means the configured admin application. */
type Base = { adminBaseUrl: string | null };
/** Trace id of the HTTP request. */
type Traced = { requestId: string };
type User = { userId: string };

/** Actions on people who use the admin application (internal-api 6.2). */
export type UserActions = {
  'users.create': { params: NewUser; result: AdminResult<UserView> };
  'users.list': { params: Record<string, never>; result: AdminResult<UserView[]> };
  'users.get': { params: User; result: AdminResult<UserView> };
  /** Ignores case. */
  'users.getByEmail': { params: { email: string }; result: AdminResult<UserView> };
  /** Those whose address contains the text, ignoring case. */
  'users.findByEmail': { params: { email: string }; result: AdminResult<UserBriefView[]> };
  'users.accounts': { params: User; result: AdminResult<UserAccounts> };
  'users.update': {
    /** `updatedBy` is the colleague who changes it; null where users change their own. */
    params: User & Traced & { changes: UserChanges; updatedBy: string | null };
    result: AdminResult<UserView>;
  };
  'users.archive': { params: User; result: AdminResult<null> };
  'users.activate': { params: User; result: AdminResult<UserView> };
  'users.resetFailedLogins': { params: User; result: AdminResult<UserView> };
  'users.checkPassword': { params: User & { password: string }; result: AdminResult<null> };
  'users.changePassword': { params: User & { password: string }; result: AdminResult<UserView> };
  /** False where the user has as many codes that still work as one may have. */
  'users.needsCode': { params: User; result: AdminResult<boolean> };
  'users.sendCode': {
    params: User & Traced & Base & { codeType: CodeType; to: string | null; next: string | null };
    result: AdminResult<null>;
  };
  'users.checkCode': { params: User & { codeType: string; code: string }; result: AdminResult<null> };
  'users.sendEmailVerification': { params: User & Traced & Base; result: AdminResult<null> };
  'users.sendEmailChange': { params: User & Traced & { email: string }; result: AdminResult<null> };
  'users.sendAlreadyRegistered': { params: Traced & { email: string }; result: AdminResult<null> };
  'users.sendPasswordReset': {
    params: Traced & Base & { email: string; next: string | null };
    result: AdminResult<null>;
  };
  'users.setPermissions': {
    /** Both sets replace what was there; folders null leaves them as they are. */
    params: User & { serviceId: string; permissions: string[]; folders: string[] | null };
    result: AdminResult<null>;
  };
};
