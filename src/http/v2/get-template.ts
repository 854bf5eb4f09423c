import type { Call } from '../../messages.ts';
import { refusalAnswer } from '../error-response.ts';
import { ok, type ServiceHandler } from '../route.ts';
import { readId } from '../schemas/ids.ts';
import { templateJson } from './template-json.ts';

/**
 * `GET /v2/template/{id}` and `GET /v2/template/{id}/version/{version}` (public-api 2.8). The version is all digits;
 * 0 means the current one.
 */
export function getTemplate({ call }: { call: Call }): ServiceHandler {
  return async (request, { service }) => {
    const read = readId('id', request.params['id'] ?? request.params['0']);
    if ('outcome' in read) return refusalAnswer(read);
    const version = Number(request.params['1'] ?? 0);
    const found = await call('templates.get', {
      serviceId: service.id,
      id: read.id,
      version: version === 0 ? null : version,
    });
    return found.outcome === 'refused' ? refusalAnswer(found) : ok(templateJson(found.template));
  };
}
