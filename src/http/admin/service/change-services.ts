import { type AdminRefused, plainRefusal } from '../../../admin-refusal.ts';
import type { NewService } from '../../../messages/admin-services.ts';
import { type Checked, passed } from '../../../refusal.ts';
import type { HttpRequest } from '../../request.ts';
import type { OpenHandler } from '../../route.ts';
import { createdAnswer, dataAnswer, noContent } from '../answers.ts';
import { uuid } from '../field-types.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { checkFields, fields, readObject, required } from '../read.ts';
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
export function updateService({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields(SERVICE_CHANGES),
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

/** The user is asked for first and alone. */
async function readService(request: HttpRequest): Promise<Checked<NewService> | AdminRefused> {
  const body = await readObject(request);
  if (body.outcome === 'refused') return body;
  const user = checkFields({ user_id: required(uuid) }, body.value);
  if (user.outcome === 'refused') return user;
  const service = checkFields(NEW_SERVICE, body.value);
  if (service.outcome === 'refused') return service;
  const unknown = Object.keys(body.value).find((name) => !DROPPED.has(name) && !Object.hasOwn(NEW_SERVICE, name));
  if (unknown !== undefined) return plainRefusal(400, `Unknown field name ${unknown}`);
  return passed({ ...service.value, ...user.value });
}
