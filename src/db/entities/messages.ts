import { defineEntity, p } from '@mikro-orm/core';
import { createdAt, id, idOf, instant, shortText, templateType, updatedAt, varchar } from './columns.ts';
import { User } from './identity.ts';
import { Service } from './services.ts';
import { Template } from './templates.ts';

/** Saved recipient list; the file, whose upload id is the row's id, is in object storage. */
export const ServiceContactList = defineEntity({
  name: 'ServiceContactList',
  tableName: 'service_contact_list',
  properties: {
    id: id(),
    originalFileName: varchar(),
    rowCount: p.integer(),
    templateType: templateType(),
    serviceId: idOf(Service, 'service_id'),
    createdById: idOf(User, 'created_by_id').nullable(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    archived: p.boolean().default(false),
  },
});

/** One uploaded recipient list being sent. The id is the upload id. */
export const Job = defineEntity({
  name: 'Job',
  tableName: 'jobs',
  properties: {
    id: id(),
    originalFileName: varchar(),
    serviceId: idOf(Service, 'service_id'),
    templateId: idOf(Template, 'template_id').nullable(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    notificationCount: p.integer(),
    processingStarted: instant().nullable(),
    processingFinished: instant().nullable(),
    createdById: idOf(User, 'created_by_id').nullable(),
    templateVersion: p.integer(),
    jobStatus: shortText().default('pending'),
    scheduledFor: instant().nullable(),
    /** True when the file was deleted. */
    archived: p.boolean().default(false),
    contactListId: idOf(ServiceContactList, 'contact_list_id').nullable(),
  },
});

/** A letter that came back. */
export const ReturnedLetter = defineEntity({
  name: 'ReturnedLetter',
  tableName: 'returned_letters',
  properties: {
    id: id(),
    reportedAt: p.date(),
    serviceId: idOf(Service, 'service_id'),
    notificationId: p.uuid(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
});

/** A spam complaint from the email provider. Kept for ever. */
export const Complaint = defineEntity({
  name: 'Complaint',
  tableName: 'complaints',
  properties: {
    id: id(),
    notificationId: p.uuid(),
    serviceId: idOf(Service, 'service_id'),
    sesFeedbackId: p.text().nullable(),
    complaintType: p.text().nullable(),
    complaintDate: instant().nullable(),
    createdAt: createdAt(),
  },
});

/** Daily counts from the printer. */
export const DailySortedLetter = defineEntity({
  name: 'DailySortedLetter',
  tableName: 'daily_sorted_letter',
  properties: {
    id: id(),
    billingDay: p.date(),
    unsortedCount: p.integer().default(0),
    sortedCount: p.integer().default(0),
    updatedAt: updatedAt(),
    fileName: varchar().nullable(),
  },
});

const receivedTextColumns = () => ({
  id: id(),
  notifyNumber: varchar(),
  /** The time that the provider gives. */
  providerDate: instant().nullable(),
  providerReference: varchar().nullable(),
  provider: varchar(),
});

/** A received text within retention. `content` is sealed by the secret box. */
export const InboundSms = defineEntity({
  name: 'InboundSms',
  tableName: 'inbound_sms',
  properties: {
    ...receivedTextColumns(),
    serviceId: idOf(Service, 'service_id'),
    createdAt: createdAt(),
    content: varchar().hidden(),
    userNumber: varchar(),
  },
});

/** A received text past retention, without content and sender. */
export const InboundSmsHistory = defineEntity({
  name: 'InboundSmsHistory',
  tableName: 'inbound_sms_history',
  properties: { ...receivedTextColumns(), serviceId: idOf(Service, 'service_id').nullable(), createdAt: instant() },
});
