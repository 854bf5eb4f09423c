import type { DoneActorEvent, ErrorActorEvent } from 'xstate';
import type { At, LeaseExpired } from './effect.ts';

export type NotificationType = 'sms' | 'email';
export type KeyType = 'normal' | 'team' | 'test';

/** Every status of an email or text; the chart's top-level states. Source: workflows 1.1. */
export const NOTIFICATION_STATUSES = [
  'created',
  'sending',
  'pending',
  'sent',
  'delivered',
  'permanent-failure',
  'temporary-failure',
  'technical-failure',
] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

/** What is known when a notification is accepted, as far as its flow depends on it. */
export type NotificationInput = {
  serviceId: string;
  notificationType: NotificationType;
  keyType: KeyType;
  /** Texts only: the destination is outside the UK, or a Crown dependency. */
  international: boolean;
  /** False where the destination country's delivery receipts are not to be relied on (workflows 1.3). */
  receiptsBelieved: boolean;
  createdAt: number;
};

export type NotificationContext = NotificationInput & {
  /** Attempts begun; the number of the latest one is its token. */
  attempts: number;
  /** True once an attempt's outcome was lost with the process that ran it. */
  outcomeWasLost: boolean;
  sentAt: number | null;
  /** Identifier of the provider that accepted it. */
  sentBy: string | null;
  /** The provider's own id; email receipts name it. */
  providerReference: string | null;
  /** Text fragments to bill; 0 until known. */
  billableUnits: number;
  /** When the status last changed; null until it first does. */
  updatedAt: number | null;
};

/** How one attempt to hand the notification to a provider ended. `attempt` is the token. */
export type SendOutcome = { attempt: number } & (
  | { outcome: 'accepted'; provider: string; providerReference: string | null; billableUnits: number }
  | {
      outcome: 'failed';
      provider: string | null;
      reason: string;
      billableUnits: number;
      /** The provider asked for patience: nobody's fault. */
      throttled?: boolean;
    }
  | { outcome: 'rejected'; provider: string; reason: string }
  | { outcome: 'service-inactive' }
);

type ReceiptFacts = At & {
  /** Who reports: `mmg`, `firetext`, `reach`, `ses`. */
  provider: string;
  /** What the provider's detailed code says, where its table knows the code (Firetext). */
  codeStatus?: 'permanent-failure' | 'temporary-failure';
  /** The provider refused a repeated message id (MMG 5/23). */
  isDuplicateId?: boolean;
  /** Fragments to bill, for a notification that has none yet. */
  billableUnits?: number;
};

export type Receipt = ReceiptFacts & {
  type:
    | 'receipt.delivered'
    | 'receipt.permanent-failure'
    | 'receipt.temporary-failure'
    | 'receipt.pending'
    | 'receipt.unmapped';
};

export type NotificationEvent =
  | Receipt
  | LeaseExpired
  | DoneActorEvent<SendOutcome, 'sendToProvider'>
  | ErrorActorEvent<unknown, 'sendToProvider'>
  | DoneActorEvent<undefined, 'simulateReceipt'>
  | ErrorActorEvent<unknown, 'simulateReceipt'>
  | ({ type: 'operator.retry' } & At)
  | ({ type: 'operator.fail' } & At);
