import type { CallbackSubject } from '../actors/callback.ts';

/** Log lines of callbacks, in the words of workflows 1.6 and 2.2. */
type Lines = {
  /** Ids, for the line's facts. */
  facts: object;
  answered(url: string, status: number): string;
  failed(url: string, reason: string): string;
  notRetried(url: string, reason: string): string;
  exhausted(url: string): string;
};

export function callbackLines(subject: CallbackSubject): Lines {
  return subject.task === 'send_inbound_sms_to_service' ? linesOfText(subject) : linesOfNotification(subject);
}

type OfNotification = Exclude<CallbackSubject, { inboundSmsId: string }>;
type OfText = Extract<CallbackSubject, { inboundSmsId: string }>;

function linesOfNotification({ task, notificationId: id }: OfNotification): Lines {
  const at = (url: string, reason: string) => `for notification_id: ${id} and url: ${url}. exception: ${reason}`;
  return {
    facts: { notification_id: id },
    answered: (url, status) => `${task} sending ${id} to ${url}, response ${status}`,
    failed: (url, reason) => `${task} request failed ${at(url, reason)}`,
    notRetried: (url, reason) => `${task} callback is not being retried ${at(url, reason)}`,
    exhausted: (url) =>
      `Retry: ${task} has retried the max num of times for callback url ${url} and notification_id: ${id}`,
  };
}

function linesOfText({ task, serviceId, inboundSmsId: id }: OfText): Lines {
  const at = (url: string, reason: string) =>
    `for service_id: ${serviceId} for inbound_sms_id: ${id} and url: ${url}. exception: ${reason}`;
  return {
    facts: { service_id: serviceId, inbound_sms_id: id },
    answered: (url, status) => `${task} sending ${id} to ${url}, response ${status}`,
    failed: (url, reason) => `${task} failed ${at(url, reason)}`,
    notRetried: (url, reason) => `${task} is not being retried ${at(url, reason)}`,
    exhausted: (url) =>
      `Retry: ${task} has retried the max number of times for service ${serviceId} and inbound_sms ${id}, url ${url}`,
  };
}
