import type { ApiKeyView, ServiceDetails, ServiceListItem, ServiceView } from '../../../messages/admin-services.ts';
import { httpTime, offsetTime, orNull, spacedTime } from '../times.ts';

/** A Service (internal-api 4). Nobody here sends broadcasts yet, so no service has their settings. */
export function serviceJson(service: ServiceView): object {
  return {
    ...service,
    go_live_at: orNull(spacedTime)(service.go_live_at),
    allowed_broadcast_provider: null,
    broadcast_channel: null,
  };
}

/** A ServiceDetailed (internal-api 4). */
export function serviceDetailsJson(service: ServiceDetails): object {
  return {
    ...service,
    created_at: offsetTime(service.created_at),
    updated_at: orNull(offsetTime)(service.updated_at),
    go_live_at: orNull(offsetTime)(service.go_live_at),
    service_broadcast_settings: null,
    service_broadcast_provider_restriction: null,
    data_retention: [],
  };
}

/** A service of the platform's list (internal-api 6.4). */
export function serviceListItemJson(service: ServiceListItem): object {
  return { ...service, created_at: httpTime(service.created_at) };
}

/** An ApiKey (internal-api 4). */
export function apiKeyJson(key: ApiKeyView): object {
  return {
    ...key,
    created_at: offsetTime(key.created_at),
    updated_at: orNull(offsetTime)(key.updated_at),
    expiry_date: orNull(offsetTime)(key.expiry_date),
  };
}
