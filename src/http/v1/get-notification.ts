import type { Call } from '../../messages.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { plain } from '../error-response.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { legacyNotificationJson } from './notification-json.ts';

/** `GET /notifications/{id}` (public-api 2.12). */
export function getLegacyNotification({ call }: { call: Call }): ServiceHandler {
  return async ({ params }, { service }) => {
    const id = parseUuid(params['0'] ?? '') ?? '';
    const { notification } = await call('notifications.getLegacy', { serviceId: service.id, id });
    if (notification === null) return plain(404, 'No result found');
    return ok({ data: { notification: legacyNotificationJson(notification) } });
  };
}
