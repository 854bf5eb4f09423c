import type { Call } from '../../messages.ts';
import { refusalAnswer } from '../error-response.ts';
import type { ServiceHandler } from '../route.ts';
import { readId } from '../schemas/ids.ts';

/** `GET /v2/notifications/{notification_id}/pdf` (public-api 2.7). */
export function getLetterPdf({ call }: { call: Call }): ServiceHandler {
  return async (request, { service }) => {
    const read = readId('notification_id', request.params['notification_id']);
    if ('outcome' in read) return refusalAnswer(read);
    const pdf = await call('notifications.getPdf', { serviceId: service.id, id: read.id });
    if (pdf.outcome === 'refused') return refusalAnswer(pdf);
    return { status: 200, body: null, file: { content: Buffer.from(pdf.content, 'base64'), type: 'application/pdf' } };
  };
}
