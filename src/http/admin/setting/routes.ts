import type { AdminParts } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { getGuestList, replaceGuestList } from './guest-list.ts';
import { createRetention, getRetention, getRetentionByType, listRetentions, updateRetention } from './retentions.ts';

const RETENTION = '/service/{service_id}/data-retention';

/** Guest list and retention of a service (internal-api 6.17). */
export function settingRoutes(parts: AdminParts): Paths {
  return {
    '/service/{service_id}/guest-list': { GET: getGuestList(parts), PUT: replaceGuestList(parts) },
    [RETENTION]: { GET: listRetentions(parts), POST: createRetention(parts) },
    [`${RETENTION}/{data_retention_id}`]: { GET: getRetention(parts), POST: updateRetention(parts) },
    [`${RETENTION}/notification-type/{any:notification_type}`]: { GET: getRetentionByType(parts) },
  };
}
