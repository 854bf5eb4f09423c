import type { HttpRequest } from '../../request.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { adminRefusalAnswer } from '../answers.ts';
import { anyText, nullable, object, uuid } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { lightLinks } from '../paging.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { fields, nothing, optional, required } from '../read.ts';
import { readListRequest } from './notification-filters.ts';
import { notificationCsv, notificationJson } from './notification-json.ts';

const ONE_OFF = {
  template_id: required(uuid),
  to: required(anyText),
  created_by: required(uuid),
  personalisation: optional(nullable(object)),
  sender_id: optional(nullable(uuid)),
};

/** A service's notifications, as its members see and send them (internal-api 6.15). */
export function notificationRoutes(parts: AdminParts): Paths {
  const list = listNotifications(parts);
  return {
    '/service/{service_id}/notifications': { GET: list, POST: list },
    '/service/{service_id}/notifications/{notification_id}': { GET: getNotification(parts) },
    '/service/{service_id}/notifications/{notification_id}/cancel': { POST: cancelNotification(parts) },
    '/service/{service_id}/send-notification': { POST: sendNotification(parts) },
  };
}

function listNotifications({ call }: AdminParts): OpenHandler {
  return async (request) => {
    const asked = await readListRequest(request);
    if (asked.outcome === 'refused') return adminRefusalAnswer(asked);
    const { filters, page, pageSize, isCsv, hasLinks } = asked.value;
    const listed = await call('serviceNotifications.list', { ...inService(request), filters, page, pageSize });
    if (listed.outcome === 'refused') return adminRefusalAnswer(listed);
    const { notifications, hasNext } = listed.value;
    return ok({
      notifications: notifications.map(isCsv ? notificationCsv : notificationJson),
      ...(filters.search === null ? { page_size: pageSize } : {}),
      links: hasLinks ? lightLinks(request, page, hasNext) : {},
    });
  };
}

function getNotification({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('serviceNotifications.get', { ...inService(request), id: pathPart(request, 'notification_id') }),
    (notification) => ok(notificationJson(notification)),
  );
}

function cancelNotification({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('serviceNotifications.cancel', { ...inService(request), id: pathPart(request, 'notification_id') }),
    (notification) => ok(notificationJson(notification)),
  );
}

function sendNotification({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields(ONE_OFF),
    ({ template_id: templateId, to: recipient, created_by: createdBy, personalisation, sender_id }, request) =>
      call('serviceNotifications.send', {
        ...inService(request),
        templateId,
        recipient,
        createdBy,
        personalisation: personalisation ?? null,
        senderId: sender_id ?? null,
        requestId: request.trace.traceId,
      }),
    (sent) => ({ status: 201, body: sent }),
  );
}

const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });
