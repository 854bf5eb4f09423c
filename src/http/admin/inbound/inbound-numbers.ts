import type { OpenHandler } from '../../route.ts';
import { createdAnswer, dataAnswer, noContent } from '../answers.ts';
import { listOf, text } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { fields, nothing, optional, required } from '../read.ts';
import { timedJson } from '../timed-json.ts';

/** `GET /inbound-number` and `GET /inbound-number/available` */
export function listInboundNumbers({ call }: AdminParts, which: 'list' | 'available'): OpenHandler {
  return adminHandler(
    nothing,
    () => call(`inboundNumbers.${which}`, {}),
    (numbers) => dataAnswer(numbers.map(timedJson)),
  );
}

/** `POST /inbound-number`: the original has an operator's command for it (workflows 9.5). */
export function addNumbers({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields({ numbers: required(listOf(text)), provider: optional(text) }),
    ({ numbers, provider = 'mmg' }) => call('inboundNumbers.add', { numbers, provider }),
    (numbers) => createdAnswer(numbers.map(timedJson)),
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
