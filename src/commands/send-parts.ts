import type { NotificationInput } from '../../machines/notification.types.ts';
import type { NotificationRequest } from '../actors/notification.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { Limits } from '../limits/limits.ts';
import { timeOrderedId } from '../runtime/id.ts';

export type SendParts = {
  directory: Pick<Directory, 'service' | 'template'>;
  limits: Limits;
  /** Seals personalisation. */
  box: SecretBox;
  /** Resolves when the notification is durable; its sending is then owed. */
  startNotification(id: string, input: NotificationInput, request: NotificationRequest): Promise<void>;
  /** Milliseconds since the epoch. */
  now(): number;
  log: { debug(facts: object, message: string): void };
};

/** What commands know of a message that has passed every check. */
export type CheckedMessage = Pick<
  NotificationInput,
  'notificationType' | 'keyType' | 'international' | 'receiptsBelieved'
> &
  Pick<
    NotificationRequest,
    | 'templateId'
    | 'templateVersion'
    | 'apiKeyId'
    | 'recipient'
    | 'normalisedTo'
    | 'clientReference'
    | 'phonePrefix'
    | 'rateMultiplier'
    | 'replyToText'
    | 'oneClickUnsubscribeUrl'
    | 'requestId'
  > & {
    serviceId: string;
    personalisation: Record<string, unknown> | null;
    /** How many files are linked to; null or absent for none. */
    documentDownloadCount?: number | null;
    /** The user who sends it; null or absent for an API key. */
    createdById?: string | null;
    isSimulated: boolean;
  };

/** The service of an authenticated request. */
export async function callersService(
  { directory }: Pick<SendParts, 'directory'>,
  serviceId: string,
): Promise<ServiceRecord> {
  const found = directory.service(serviceId);
  const service = found instanceof Promise ? await found : found;
  if (service === null) throw new Error(`Service ${serviceId} is gone`);
  return service;
}

/** Stores a message, unless it is simulated, and answers its new id. Durable when it resolves. */
export async function acceptMessage(
  parts: SendParts,
  message: CheckedMessage,
): Promise<{ id: string; isStored: boolean }> {
  const { notificationType, keyType, international, receiptsBelieved, isSimulated, personalisation, ...asked } =
    message;
  const createdAt = parts.now();
  const id = timeOrderedId(createdAt);
  if (isSimulated) return { id, isStored: false };
  const { serviceId } = message;
  await parts.startNotification(
    id,
    { serviceId, notificationType, keyType, international, receiptsBelieved, createdAt },
    {
      ...asked,
      createdById: message.createdById ?? null,
      jobId: null,
      jobRowNumber: null,
      personalisation: personalisation === null ? null : parts.box.seal(JSON.stringify(personalisation)),
      documentDownloadCount: message.documentDownloadCount ?? null,
    },
  );
  parts.log.debug(
    { notification_id: id, service_id: serviceId, request_id: message.requestId },
    `${notificationType} created`,
  );
  return { id, isStored: true };
}
