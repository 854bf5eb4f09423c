import type { Pool as PgPool } from 'pg';
import type { Logger } from 'pino';
import type { Dispatcher } from 'undici';
import type { NotificationContext } from '../../machines/notification.types.ts';
import { DELIVERY_STATUS_CALLBACK } from '../actors/delivery-status-callback.ts';
import { notificationActor } from '../actors/notification.ts';
import { notificationAnnouncements } from '../actors/notification-announcements.ts';
import { NOTIFY_SERVICE_ID } from '../built-in.ts';
import type { Config } from '../config/config.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import { loadNotificationRequests } from '../db/notification-requests.ts';
import type { NotificationContent } from '../effects/notification-content.ts';
import { sendToProvider } from '../effects/send-to-provider.ts';
import { type SimulateReceiptParts, simulateReceipt } from '../effects/simulate-receipt.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { chooseProvider } from '../providers/choose-provider.ts';
import type { ChildStart, Moment } from '../runtime/actor-type.ts';
import { timeOrderedId } from '../runtime/id.ts';
import { callbackTypes } from './callbacks.ts';

export type ActorParts = {
  config: Config;
  pool: PgPool;
  box: SecretBox;
  directory: Directory;
  content: NotificationContent;
  callbacks: Dispatcher;
  receipts: SimulateReceiptParts;
  onReference(reference: string): void;
  onSecondReference(id: string, attempt: number, reference: string): void;
  /** A call to a text provider failed. */
  onTextFailure(provider: string): void;
  now(): number;
  metrics: Metrics;
  log: Logger;
};

/** The kinds of actor, each with what stands behind the names in its chart. */
export function actorTypes(parts: ActorParts) {
  const { pool, directory, metrics, log } = parts;
  const announcements = notificationAnnouncements(parts);
  const notification = notificationActor({
    sendToProvider: metrics.sends.send(
      sendToProvider({
        records: directory,
        content: parts.content,
        chooseProvider: (context) => drawProvider(directory, context),
        onTextFailure: parts.onTextFailure,
        log,
      }),
    ),
    simulateReceipt: simulateReceipt(parts.receipts),
    tellService: (moment) => callbackFor(parts, moment),
    announcements: {
      ...announcements,
      announceTimeout: (moment) => {
        metrics.sends.timedOut(moment.context.sentBy);
        announcements.announceTimeout(moment);
      },
    },
    loadRequests: (ids) => loadNotificationRequests(pool, ids),
    internalServiceId: NOTIFY_SERVICE_ID,
  });
  return { notification, ...callbackTypes(parts) };
}

async function drawProvider(directory: Directory, context: NotificationContext): Promise<string | null> {
  const providers = await directory.providers();
  const able = providers.filter(({ notificationType }) => notificationType === context.notificationType);
  return chooseProvider(able, context, Math.random);
}

/** A callback for a notification that has ended, where its service wants one. Source: workflows 1.6. */
function callbackFor(
  parts: ActorParts,
  moment: Moment<NotificationContext>,
): ChildStart | null | Promise<ChildStart | null> {
  const { to, event, context, id } = moment;
  const isReported =
    parts.config.CALLBACK_ON_TECHNICAL_FAILURE || to !== 'technical-failure' || event.type === 'receipt.unmapped';
  if (!isReported) return null;
  const child = (service: Awaited<ReturnType<Directory['service']>>): ChildStart | null => {
    const callback = service?.callbacks.deliveryStatus;
    if (!callback) return null;
    return {
      type: DELIVERY_STATUS_CALLBACK,
      id: timeOrderedId(parts.now()),
      input: {
        serviceId: context.serviceId,
        notificationId: id,
        callbackApiId: callback.id,
        callbackApiVersion: callback.version,
      },
    };
  };
  const service = parts.directory.service(context.serviceId);
  return service instanceof Promise ? service.then(child) : child(service);
}
