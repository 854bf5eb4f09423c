import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { createdAt, id, idOf, instant, shortText, updatedAt, varchar } from './columns.ts';

/** A person who uses the admin app. Never deleted; archiving renames the address and empties the rest. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: id(),
    name: varchar(),
    emailAddress: shortText(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    /** A hash of src/crypto/password.ts; of bcrypt where it was imported and not used since. */
    password: varchar().name('_password').hidden(),
    mobileNumber: varchar().nullable(),
    passwordChangedAt: createdAt(),
    loggedInAt: instant().nullable(),
    failedLoginCount: p.integer().default(0),
    state: varchar().$type<'pending' | 'active' | 'inactive'>().default('pending'),
    platformAdmin: p.boolean().default(false),
    currentSessionId: p.uuid().nullable(),
    authType: varchar().$type<'sms_auth' | 'email_auth' | 'webauthn_auth'>().default('sms_auth'),
    emailAccessValidatedAt: createdAt(),
  },
});
export type User = InferEntity<typeof User>;

/** A sign-in code, kept as a hash as passwords are. Deleted a day after creation. */
export const VerifyCode = defineEntity({
  name: 'VerifyCode',
  tableName: 'verify_codes',
  properties: {
    id: id(),
    userId: idOf(User, 'user_id'),
    code: varchar().name('_code').hidden(),
    codeType: p.enum(['email', 'sms'] as const).nativeEnumName('verify_code_types'),
    expiryDatetime: instant(),
    codeUsed: p.boolean().default(false).nullable(),
    createdAt: createdAt(),
  },
});

/** A security key. Both data columns are base64 CBOR; the registration response is for audit only. */
export const WebauthnCredential = defineEntity({
  name: 'WebauthnCredential',
  tableName: 'webauthn_credential',
  properties: {
    id: id(),
    userId: idOf(User, 'user_id'),
    name: varchar(),
    credentialData: varchar(),
    registrationResponse: varchar().hidden(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
});

/** Audit of an admin action. Append-only. */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'events',
  properties: {
    id: id(),
    eventType: shortText(),
    createdAt: createdAt(),
    data: p.json<Record<string, unknown>>().columnType('json'),
  },
});
