import type { Route, ServiceHandler } from '../route.ts';
import type { SendParts } from '../v2/send-notification.ts';
import { getLegacyNotification } from './get-notification.ts';
import { listLegacyNotifications } from './list-notifications.ts';
import { postLegacyNotification } from './post-notification.ts';

const ID = /^\/notifications\/([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})$/;
const TYPE = /^\/notifications\/([^/]+)$/;

/** The routes of 2022 that older clients call (public-api 2.12). Another word than an id can only be posted to. */
export function legacyRoutes(parts: SendParts): Route[] {
  return [
    legacy('/notifications', { GET: listLegacyNotifications(parts) }),
    legacy(ID, { GET: getLegacyNotification(parts), POST: postLegacyNotification(parts) }),
    legacy(TYPE, { POST: postLegacyNotification(parts) }),
  ];
}

function legacy(path: string | RegExp, methods: Partial<Record<'GET' | 'POST', ServiceHandler>>): Route {
  return { path, methods, access: 'service', errors: 'plain' };
}
