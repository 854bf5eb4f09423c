import { defineEntity, p } from '@mikro-orm/core';
import { createdAt, id, idOf, shortText, updatedAt, varchar } from './columns.ts';
import { Service } from './services.ts';

/** Phone number that receives texts, in national form; free while it has no service. */
export const InboundNumber = defineEntity({
  name: 'InboundNumber',
  tableName: 'inbound_numbers',
  properties: {
    id: id(),
    number: shortText(11),
    provider: varchar(),
    serviceId: idOf(Service, 'service_id').nullable(),
    active: p.boolean().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
});

const senderColumns = () => ({
  id: id(),
  serviceId: idOf(Service, 'service_id'),
  /** At most one unarchived default per service; the database refuses a second. */
  isDefault: p.boolean().default(true),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
  archived: p.boolean().default(false),
});

/** Address that recipients of a service's emails reply to. */
export const ServiceEmailReplyTo = defineEntity({
  name: 'ServiceEmailReplyTo',
  tableName: 'service_email_reply_to',
  properties: { ...senderColumns(), emailAddress: p.text() },
});

/** What a service's texts come from. */
export const ServiceSmsSender = defineEntity({
  name: 'ServiceSmsSender',
  tableName: 'service_sms_senders',
  properties: {
    ...senderColumns(),
    smsSender: shortText(11),
    inboundNumberId: idOf(InboundNumber, 'inbound_number_id').nullable(),
  },
});

/** Sender block of a service's letters. */
export const ServiceLetterContact = defineEntity({
  name: 'ServiceLetterContact',
  tableName: 'service_letter_contacts',
  properties: { ...senderColumns(), contactBlock: p.text() },
});
