import { type AdminRefused, fieldRefusal, noResult, plainRefusal } from '../../../admin-refusal.ts';
import type { NewService } from '../../../messages/admin-services.ts';
import { type Checked, passed } from '../../../refusal.ts';
import { parseUuid } from '../../../validation/uuid.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { createdAnswer, dataAnswer, noContent } from '../answers.ts';
import { findService, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { checkFields, fields, readObject } from '../read.ts';
import { NEW_SERVICE, SERVICE_CHANGES } from './service-fields.ts';
import { serviceJson } from './service-json.ts';

/** Named in bodies, and without effect. */
const DROPPED = new Set(['user_id', 'service_domain', 'id', 'free_sms_fragment_limit']);

/** `POST /service` */
export function createService({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readService,
    (service) => call('services.create', service),
    (service) => createdAnswer(serviceJson(service)),
  );
}

/** `POST /service/{service_id}` */
export function updateService(parts: AdminParts): OpenHandler {
  const { call } = parts;
  return adminHandler(
    foundFirst(findService(parts), fields(SERVICE_CHANGES)),
    (changes, request) => {
      const { traceId: requestId } = request.trace;
      return call('services.update', { serviceId: pathPart(request, 'service_id'), changes, requestId });
    },
    (service) => dataAnswer(serviceJson(service)),
  );
}

/** `POST /service/{service_id}/archive`, `…/suspend` and `…/resume` */
export function closeService({ call }: AdminParts, verb: 'archive' | 'suspend' | 'resume'): OpenHandler {
  return adminHandler(
    async (request) => passed(pathPart(request, 'service_id')),
    (serviceId) => call(`services.${verb}`, { serviceId }),
    noContent,
  );
}

/** The user is asked for first and alone, and looked up when everything else is right. */
async function readService(request: HttpRequest): Promise<Checked<NewService> | AdminRefused> {
  const body = await readObject(request);
  if (body.outcome === 'refused') return body;
  const { user_id: creator } = body.value;
  if (!creator) return fieldRefusal('user_id', 'Missing data for required field.');
  const service = checkFields(NEW_SERVICE, body.value);
  if (service.outcome === 'refused') return service;
  const unknown = Object.keys(body.value).find((name) => !DROPPED.has(name) && !Object.hasOwn(NEW_SERVICE, name));
  if (unknown !== undefined) return plainRefusal(400, `Unknown field name ${unknown}`);
  const user_id = typeof creator === 'string' ? parseUuid(creator) : null;
  return user_id === null ? noResult() : passed({ ...service.value, user_id });
}
