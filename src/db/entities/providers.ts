import { defineEntity, p } from '@mikro-orm/core';
import { historyKey, id, idOf, instant, notificationType, updatedAt, varchar } from './columns.ts';
import { User } from './identity.ts';

const providerColumns = () => ({
  displayName: varchar(),
  identifier: varchar(),
  /** Texts: share of the traffic, 0 to 100. Others: order. */
  priority: p.integer(),
  notificationType: notificationType(),
  active: p.boolean().default(false),
  updatedAt: updatedAt(),
  createdById: idOf(User, 'created_by_id').nullable(),
  supportsInternational: p.boolean().default(false),
});

/** A sending provider and its share. */
export const ProviderDetails = defineEntity({
  name: 'ProviderDetails',
  tableName: 'provider_details',
  properties: { id: id(), ...providerColumns(), version: p.integer().default(1) },
});

/** A full copy of the provider after each change. */
export const ProviderDetailsHistory = defineEntity({
  name: 'ProviderDetailsHistory',
  tableName: 'provider_details_history',
  properties: { ...historyKey(), ...providerColumns() },
});

/** What a provider charged, in pence. History only, not used for billing. */
export const ProviderRate = defineEntity({
  name: 'ProviderRate',
  tableName: 'provider_rates',
  properties: {
    id: id(),
    validFrom: instant(),
    rate: p.decimal().columnType('numeric'),
    providerId: idOf(ProviderDetails, 'provider_id'),
  },
});

/** Price of a text fragment in pounds, from a time on. */
export const Rate = defineEntity({
  name: 'Rate',
  tableName: 'rates',
  properties: {
    id: id(),
    validFrom: instant(),
    rate: p.decimal().columnType('numeric'),
    notificationType: notificationType(),
  },
});

/** Price of a letter in pounds, by sheets (1 to 5) and postage. */
export const LetterRate = defineEntity({
  name: 'LetterRate',
  tableName: 'letter_rates',
  properties: {
    id: id(),
    startDate: instant(),
    endDate: instant().nullable(),
    sheetCount: p.integer(),
    rate: p.decimal().columnType('numeric'),
    crown: p.boolean(),
    postClass: varchar(),
  },
});
