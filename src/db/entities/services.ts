import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { EmailBranding, LetterBranding } from './branding.ts';
import { createdAt, historyKey, id, idOf, instant, notificationType, shortText, updatedAt } from './columns.ts';
import { User } from './identity.ts';
import { Organisation } from './organisations.ts';

const serviceColumns = () => ({
  name: shortText(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
  /** False means suspended or archived. */
  active: p.boolean().default(true),
  /** Messages per UTC day over all channels: 50 in trial, 250 000 live by convention. */
  messageLimit: p.bigint('number'),
  /** Messages per UTC day and channel. */
  emailMessageLimit: p.integer().default(50),
  smsMessageLimit: p.integer().default(50),
  letterMessageLimit: p.integer().default(50),
  internationalSmsMessageLimit: p.integer().default(50),
  /** True means trial mode. */
  restricted: p.boolean(),
  /** Local part of the address that emails come from. */
  emailFrom: p.text(),
  /** Overwritten by each editor. */
  createdById: idOf(User, 'created_by_id'),
  researchMode: p.boolean().default(false),
  organisationType: shortText().nullable(),
  crown: p.boolean().nullable(),
  /** API requests per minute and key type. */
  rateLimit: p.integer().default(3000),
  contactLink: shortText().nullable(),
  consentToResearch: p.boolean().nullable(),
  volumeEmail: p.integer().nullable(),
  volumeLetter: p.integer().nullable(),
  volumeSms: p.integer().nullable(),
  countAsLive: p.boolean().default(true),
  goLiveAt: instant().nullable(),
  goLiveUserId: idOf(User, 'go_live_user_id').nullable(),
  organisationId: idOf(Organisation, 'organisation_id').nullable(),
  notes: p.text().nullable(),
  billingContactEmailAddresses: p.text().nullable(),
  billingContactNames: p.text().nullable(),
  billingReference: shortText().nullable(),
  purchaseOrderNumber: shortText().nullable(),
});

/** A sending service: the tenant. `version` counts its history rows from 1. */
export const Service = defineEntity({
  name: 'Service',
  tableName: 'services',
  properties: {
    id: id(),
    ...serviceColumns(),
    prefixSms: p.boolean().default(true),
    version: p.integer().default(1),
  },
});
export type Service = InferEntity<typeof Service>;

/** A full copy of the service after each change. */
export const ServiceHistory = defineEntity({
  name: 'ServiceHistory',
  tableName: 'services_history',
  properties: { ...historyKey(), ...serviceColumns(), prefixSms: p.boolean().default(true).nullable() },
});

/** A feature that is switched on for a service (not what its members may do). */
export const ServicePermission = defineEntity({
  name: 'ServicePermission',
  tableName: 'service_permissions',
  properties: {
    serviceId: idOf(Service, 'service_id').primary(),
    permission: shortText().primary(),
    createdAt: createdAt(),
  },
});

/** Guest list: recipients that API keys may send to in trial mode. Replaced as a whole. */
export const ServiceWhitelist = defineEntity({
  name: 'ServiceWhitelist',
  tableName: 'service_whitelist',
  properties: {
    id: id(),
    serviceId: idOf(Service, 'service_id'),
    recipientType: p.enum(['mobile', 'email'] as const).nativeEnumName('recipient_type'),
    recipient: shortText(),
    createdAt: createdAt().nullable(),
  },
});

/** Days to keep messages of one type; without a row, 7. */
export const ServiceDataRetention = defineEntity({
  name: 'ServiceDataRetention',
  tableName: 'service_data_retention',
  properties: {
    id: id(),
    serviceId: idOf(Service, 'service_id'),
    notificationType: notificationType(),
    daysOfRetention: p.integer(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
});

/** Free text fragments of a service in the financial year that starts on 1 April of `financialYearStart`. */
export const AnnualBilling = defineEntity({
  name: 'AnnualBilling',
  tableName: 'annual_billing',
  properties: {
    id: id(),
    serviceId: idOf(Service, 'service_id'),
    financialYearStart: p.integer(),
    freeSmsFragmentLimit: p.integer(),
    updatedAt: updatedAt(),
    createdAt: createdAt(),
  },
});

/** The email branding that a service chose; no row is the GOV.UK style. */
export const ServiceEmailBranding = defineEntity({
  name: 'ServiceEmailBranding',
  tableName: 'service_email_branding',
  properties: {
    serviceId: idOf(Service, 'service_id').primary(),
    emailBrandingId: idOf(EmailBranding, 'email_branding_id'),
  },
});

/** The letter branding that a service chose. */
export const ServiceLetterBranding = defineEntity({
  name: 'ServiceLetterBranding',
  tableName: 'service_letter_branding',
  properties: {
    serviceId: idOf(Service, 'service_id').primary(),
    letterBrandingId: idOf(LetterBranding, 'letter_branding_id'),
  },
});
