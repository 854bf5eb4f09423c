import { defineEntity, p } from '@mikro-orm/core';
import { createdAt, id, idOf, shortText, varchar } from './columns.ts';
import { User } from './identity.ts';
import { Service } from './services.ts';

/** Names of what a member may do in a service (data-model 2.1). */
export const PERMISSIONS = [
  'manage_users',
  'manage_templates',
  'manage_settings',
  'send_texts',
  'send_emails',
  'send_letters',
  'manage_api_keys',
  'platform_admin',
  'view_activity',
  'create_broadcasts',
  'approve_broadcasts',
  'cancel_broadcasts',
  'reject_broadcasts',
] as const;

/** Membership of a service. */
export const UserToService = defineEntity({
  name: 'UserToService',
  tableName: 'user_to_service',
  properties: { userId: idOf(User, 'user_id').primary(), serviceId: idOf(Service, 'service_id').primary() },
});

/** One thing that a member may do in a service. Replaced as a set. */
export const Permission = defineEntity({
  name: 'Permission',
  tableName: 'permissions',
  properties: {
    id: id(),
    serviceId: idOf(Service, 'service_id').nullable(),
    userId: idOf(User, 'user_id'),
    permission: p.enum(PERMISSIONS).nativeEnumName('permission_types'),
    createdAt: createdAt(),
  },
});

/** Invitation to a service. `permissions` are comma-joined names. Deleted two days after creation. */
export const InvitedUser = defineEntity({
  name: 'InvitedUser',
  tableName: 'invited_users',
  properties: {
    id: id(),
    emailAddress: shortText(),
    userId: idOf(User, 'user_id'),
    serviceId: idOf(Service, 'service_id').nullable(),
    createdAt: createdAt(),
    status: varchar().$type<'pending' | 'accepted' | 'cancelled'>().default('pending'),
    permissions: varchar(),
    authType: varchar().$type<'sms_auth' | 'email_auth' | 'webauthn_auth'>().default('sms_auth'),
    folderPermissions: p.json<string[]>().default('[]'),
  },
});
