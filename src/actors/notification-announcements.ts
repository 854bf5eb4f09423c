import type { NotificationContext, SendOutcome } from '../../machines/notification.types.ts';
import type { Moment } from '../runtime/actor-type.ts';
import type { NotificationAnnouncement } from './notification.ts';
import { stepFacts } from './step-facts.ts';

type Log = {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

export type AnnouncementParts = {
  log: Log;
  /** A provider's reference has just been stored: receipts that came before it can be matched now. */
  onReference(reference: string): void;
  /** An email went out twice: this reference is not the one that its row keeps. */
  onSecondReference(id: string, attempt: number, reference: string): void;
};

type Announcements = Record<NotificationAnnouncement, (moment: Moment<NotificationContext>) => void>;

/** Log lines of a notification's steps, written once the step is durable. Source: workflows 1.2 and 2.1. */
export function notificationAnnouncements({ log, onReference, onSecondReference }: AnnouncementParts): Announcements {
  return {
    announceAcceptance: ({ context }) => {
      if (context.notificationType === 'email' && context.providerReference) onReference(context.providerReference);
    },
    announceLateAcceptance: (moment) => {
      const { id, context } = moment;
      const outcome = outcomeOf(moment);
      if (outcome?.outcome !== 'accepted' || outcome.providerReference === null) return;
      if (outcome.providerReference === context.providerReference) onReference(outcome.providerReference);
      else onSecondReference(id, outcome.attempt, outcome.providerReference);
    },
    announceFailedAttempt: (moment) => {
      const facts = { ...stepFacts(moment), ...failureOf(moment) };
      if (moment.context.notificationType === 'sms') {
        log.warn(facts, `SMS notification delivery for id: ${moment.id} failed`);
      } else if (isThrottled(moment)) {
        log.warn(facts, `RETRY: Email notification ${moment.id} was rate limited by SES`);
      } else log.error(facts, `RETRY: Email notification ${moment.id} failed`);
    },
    announceRetriesExhausted: (moment) => {
      const task = `send_${moment.context.notificationType}_to_provider`;
      log.error(
        stepFacts(moment),
        `RETRY FAILED: Max retries reached. The task ${task} failed for notification ${moment.id}. Notification has been updated to technical-failure`,
      );
    },
    announceRejection: (moment) => {
      const { reason } = failureOf(moment);
      const label = moment.context.notificationType === 'sms' ? 'SMS' : 'Email';
      log.error(stepFacts(moment), `${label} notification ${moment.id} failed: ${reason}`);
    },
    announceInactiveService: (moment) => {
      const { notificationType, serviceId } = moment.context;
      log.error(
        stepFacts(moment),
        `Send ${notificationType} for notification id ${moment.id} to provider is not allowed: service ${serviceId} is inactive`,
      );
    },
    announceUnmappedReceipt: (moment) => {
      log.error(stepFacts(moment), `A receipt with an unknown status ended notification ${moment.id}`);
    },
    announceTimeout: (moment) => {
      log.info(stepFacts(moment), `timeout-sending.${moment.context.sentBy ?? 'unknown'}`);
    },
  };
}

function outcomeOf({ event }: Moment<NotificationContext>): SendOutcome | undefined {
  return 'output' in event ? (event.output as SendOutcome) : undefined;
}

function isThrottled(moment: Moment<NotificationContext>): boolean {
  const outcome = outcomeOf(moment);
  return outcome?.outcome === 'failed' && outcome.throttled === true;
}

function failureOf(moment: Moment<NotificationContext>): { reason: string | null; provider_name: string | null } {
  const outcome = outcomeOf(moment);
  if (outcome?.outcome === 'failed' || outcome?.outcome === 'rejected') {
    return { reason: outcome.reason, provider_name: outcome.provider };
  }
  return { reason: null, provider_name: null };
}
