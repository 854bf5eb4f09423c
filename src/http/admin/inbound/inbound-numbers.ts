import type { OpenHandler } from '../../route.ts';
import { dataAnswer, noContent } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { nothing } from '../read.ts';
import { timedJson } from '../timed-json.ts';

/** `GET /inbound-number` and `GET /inbound-number/available` */
export function listInboundNumbers({ call }: AdminParts, which: 'list' | 'available'): OpenHandler {
  return adminHandler(
    nothing,
    () => call(`inboundNumbers.${which}`, {}),
    (numbers) => dataAnswer(numbers.map(timedJson)),
  );
}

/** `GET /inbound-number/service/{service_id}` */
export function getNumberOfService({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('inboundNumbers.ofService', { serviceId: pathPart(request, 'service_id') }),
    (number) => dataAnswer(number === null ? {} : timedJson(number)),
  );
}

/** `POST /inbound-number/service/{service_id}/off` */
export function switchOffNumber({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('inboundNumbers.switchOff', { serviceId: pathPart(request, 'service_id') }),
    noContent,
  );
}
