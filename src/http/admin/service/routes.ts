import type { AdminParts } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { createApiKey, getApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { closeService, createService, updateService } from './change-services.ts';
import { getHistory } from './read-history.ts';
import { findServicesByName, getService, getStatistics, listServices } from './read-services.ts';

/** Services and their API keys (internal-api 6.4, 6.9). */
export function serviceRoutes(parts: AdminParts): Paths {
  return {
    '/service': { GET: listServices(parts), POST: createService(parts) },
    '/service/find-services-by-name': { GET: findServicesByName(parts) },
    '/service/{service_id}': { GET: getService(parts), POST: updateService(parts) },
    '/service/{service_id}/statistics': { GET: getStatistics(parts) },
    '/service/{service_id}/history': { GET: getHistory(parts) },
    '/service/{service_id}/archive': { POST: closeService(parts, 'archive') },
    '/service/{service_id}/suspend': { POST: closeService(parts, 'suspend') },
    '/service/{service_id}/resume': { POST: closeService(parts, 'resume') },
    '/service/{service_id}/api-key': { POST: createApiKey(parts) },
    '/service/{service_id}/api-key/revoke/{api_key_id}': { POST: revokeApiKey(parts) },
    '/service/{service_id}/api-keys': { GET: listApiKeys(parts) },
    '/service/{service_id}/api-keys/{key_id}': { GET: getApiKey(parts) },
  };
}
