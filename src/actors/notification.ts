import { notificationMachine } from '../../machines/notification.machine.ts';
import type { NotificationContext, NotificationInput, SendOutcome } from '../../machines/notification.types.ts';
import type { ActorType, ChildStart, Effect, Moment } from '../runtime/actor-type.ts';

/** What was asked for, as it was asked: written once, read only to send it or to show it. */
export type NotificationRequest = {
  serviceId: string;
  templateId: string;
  templateVersion: number;
  apiKeyId: string | null;
  createdById: string | null;
  jobId: string | null;
  jobRowNumber: number | null;
  /** The recipient as given, outer white space removed. */
  recipient: string;
  /** Digits with country code, or the address in lower case. */
  normalisedTo: string;
  clientReference: string | null;
  /** Sealed JSON. */
  personalisation: string | null;
  /** Texts: dialling prefix of the destination. */
  phonePrefix: string | null;
  /** Texts: price multiplier of the destination. */
  rateMultiplier: number | null;
  /** The sender or reply-to address in force when it was accepted. */
  replyToText: string | null;
  documentDownloadCount: number | null;
  oneClickUnsubscribeUrl: string | null;
  /** Trace id of the request that created it. */
  requestId: string;
};

export const NOTIFICATION = 'notification';

type NotificationEffect<Input, Output> = Effect<NotificationContext, NotificationRequest, Input, Output>;

export type NotificationParts = {
  sendToProvider: NotificationEffect<{ attempt: number }, SendOutcome>;
  simulateReceipt: NotificationEffect<{ provider: string }, undefined>;
  /** The callback to make for a notification that has ended; null where its service wants none. */
  tellService: (moment: Moment<NotificationContext>) => ChildStart | null | Promise<ChildStart | null>;
  announcements: Record<NotificationAnnouncement, (moment: Moment<NotificationContext>) => void>;
  loadRequests: (ids: string[]) => Promise<Map<string, NotificationRequest>>;
  /** Whose own messages travel in the internal pool. */
  internalServiceId: string;
};

export type NotificationAnnouncement =
  | 'announceAcceptance'
  | 'announceLateAcceptance'
  | 'announceFailedAttempt'
  | 'announceRetriesExhausted'
  | 'announceRejection'
  | 'announceInactiveService'
  | 'announceUnmappedReceipt'
  | 'announceTimeout';

/** Any input that the chart accepts. */
export const EXAMPLE_NOTIFICATION: NotificationInput = {
  serviceId: '00000000-0000-4000-8000-000000000000',
  notificationType: 'sms',
  keyType: 'normal',
  international: false,
  receiptsBelieved: true,
  createdAt: 0,
};

/** Emails and texts: the chart, its tables, and what stands behind the names in it. */
export function notificationActor(parts: NotificationParts): ActorType<NotificationContext, NotificationRequest> {
  return {
    name: NOTIFICATION,
    machine: notificationMachine,
    table: {
      name: 'notifications',
      columns: {
        serviceId: { name: 'service_id', type: 'uuid', fixed: true },
        notificationType: { name: 'notification_type', type: 'text', fixed: true },
        keyType: { name: 'key_type', type: 'text', fixed: true },
        international: { name: 'international', type: 'bool', fixed: true },
        receiptsBelieved: { name: 'receipts_believed', type: 'bool', fixed: true },
        createdAt: { name: 'created_at', type: 'time', fixed: true },
        attempts: { name: 'attempts', type: 'int2' },
        outcomeWasLost: { name: 'outcome_was_lost', type: 'bool' },
        sentAt: { name: 'sent_at', type: 'time' },
        sentBy: { name: 'sent_by', type: 'text' },
        providerReference: { name: 'reference', type: 'text' },
        billableUnits: { name: 'billable_units', type: 'int4' },
        updatedAt: { name: 'updated_at', type: 'time' },
      },
    },
    payload: {
      name: 'notification_requests',
      columns: {
        serviceId: { name: 'service_id', type: 'uuid' },
        templateId: { name: 'template_id', type: 'uuid' },
        templateVersion: { name: 'template_version', type: 'int4' },
        apiKeyId: { name: 'api_key_id', type: 'uuid' },
        createdById: { name: 'created_by_id', type: 'uuid' },
        jobId: { name: 'job_id', type: 'uuid' },
        jobRowNumber: { name: 'job_row_number', type: 'int4' },
        recipient: { name: 'recipient', type: 'text' },
        normalisedTo: { name: 'normalised_to', type: 'text' },
        clientReference: { name: 'client_reference', type: 'text' },
        personalisation: { name: 'personalisation', type: 'text' },
        phonePrefix: { name: 'phone_prefix', type: 'text' },
        rateMultiplier: { name: 'rate_multiplier', type: 'int2' },
        replyToText: { name: 'reply_to_text', type: 'text' },
        documentDownloadCount: { name: 'document_download_count', type: 'int4' },
        oneClickUnsubscribeUrl: { name: 'one_click_unsubscribe_url', type: 'text' },
        requestId: { name: 'request_id', type: 'text' },
      },
    },
    pools: ['sms', 'email', 'internal', 'research'],
    pool: ({ keyType, serviceId, notificationType }) => {
      if (keyType === 'test') return 'research';
      return serviceId === parts.internalServiceId ? 'internal' : notificationType;
    },
    fairnessKey: ({ serviceId }) => serviceId,
    effects: { sendToProvider: parts.sendToProvider, simulateReceipt: parts.simulateReceipt },
    children: { tellService: parts.tellService },
    announcements: parts.announcements,
    loadPayloads: parts.loadRequests,
  };
}
