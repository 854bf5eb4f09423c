import type { Call } from '../../messages.ts';
import { refusalAnswer } from '../error-response.ts';
import type { ServiceHandler } from '../route.ts';
import { readId } from '../schemas/ids.ts';

/** `GET /v2/notifications/{notification_id}/pdf` (public-api 2.7). */
export function getLetterPdf({ call }: { call: Call }): ServiceHandler {
  return async (request, { service }) => {
    const read = readId('notification_id', request.params['notification_id']);
    if ('outcome' in read) return refusalAnswer(read);
    return refusalAnswer(await call('notifications.getPdf', { serviceId: service.id, id: read.id }));
  };
}
