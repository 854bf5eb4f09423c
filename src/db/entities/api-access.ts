import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { createdAt, historyKey, id, idOf, instant, shortText, updatedAt, varchar } from './columns.ts';
import { User } from './identity.ts';
import { Service } from './services.ts';

const keyColumns = () => ({
  name: shortText(),
  /** Sealed by the secret box. */
  secret: shortText().hidden(),
  serviceId: idOf(Service, 'service_id'),
  /** Null means live; set means revoked at that time. */
  expiryDate: instant().nullable(),
  createdAt: createdAt(),
  createdById: idOf(User, 'created_by_id'),
  updatedAt: updatedAt(),
  keyType: shortText().$type<'normal' | 'team' | 'test'>(),
});

/** A key of a service. Its name is unique among the service's live keys. */
export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: { id: id(), ...keyColumns(), version: p.integer().default(1) },
});
export type ApiKey = InferEntity<typeof ApiKey>;

/** A full copy of the key after each change. */
export const ApiKeyHistory = defineEntity({
  name: 'ApiKeyHistory',
  tableName: 'api_keys_history',
  properties: { ...historyKey(), ...keyColumns() },
});

/** What a service is told about, each at an address of its own. */
export type CallbackType = 'delivery_status' | 'complaint' | 'returned_letter' | 'inbound_sms';

const callbackColumns = () => ({
  serviceId: idOf(Service, 'service_id'),
  url: varchar(),
  /** Sealed by the secret box. */
  bearerToken: varchar().hidden(),
  createdAt: createdAt(),
  updatedAt: instant().nullable(),
  updatedById: idOf(User, 'updated_by_id'),
  callbackType: varchar().$type<CallbackType>(),
});

/** Where a service is told; at most one row per service and type. */
export const ServiceCallbackApi = defineEntity({
  name: 'ServiceCallbackApi',
  tableName: 'service_callback_api',
  properties: { id: id(), ...callbackColumns(), version: p.integer().default(1) },
});

/** A full copy of the callback settings after each change. */
export const ServiceCallbackApiHistory = defineEntity({
  name: 'ServiceCallbackApiHistory',
  tableName: 'service_callback_api_history',
  properties: { ...historyKey(), ...callbackColumns() },
});
