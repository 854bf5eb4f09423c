import type { Call } from '../../messages.ts';
import { refusalAnswer } from '../error-response.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { readId } from '../schemas/ids.ts';
import { notificationJson } from './notification-json.ts';

/** `GET /v2/notifications/{notification_id}` (public-api 2.5). */
export function getNotification({ call }: { call: Call }): ServiceHandler {
  return async (request, { service }) => {
    const read = readId('notification_id', request.params['notification_id']);
    if ('outcome' in read) return refusalAnswer(read);
    const found = await call('notifications.get', { serviceId: service.id, id: read.id });
    return found.outcome === 'refused' ? refusalAnswer(found) : ok(notificationJson(request.root, found.notification));
  };
}
