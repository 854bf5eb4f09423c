import type { ApiKeyVersionView, ServiceVersionView } from '../../../messages/admin-history.ts';
import type { OpenHandler } from '../../route.ts';
import { dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import { nothing } from '../read.ts';
import { templateVersionJson } from '../template/template-json.ts';
import { offsetTime, orNull } from '../times.ts';

/** `GET /service/{service_id}/history`. The list of events is always empty (internal-api 6.4). */
export function getHistory({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('services.history', { serviceId: pathPart(request, 'service_id') }),
    ({ service, apiKeys, templates }) =>
      dataAnswer({
        service_history: service.map(versionJson),
        api_key_history: apiKeys.map((key) => ({
          ...versionJson(key),
          expiry_date: orNull(offsetTime)(key.expiry_date),
        })),
        template_history: templates.map(templateVersionJson),
        events: [],
      }),
  );
}

function versionJson(version: ServiceVersionView | ApiKeyVersionView): object {
  return {
    ...version,
    created_at: offsetTime(version.created_at),
    updated_at: orNull(offsetTime)(version.updated_at),
  };
}
