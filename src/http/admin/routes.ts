import type { InternalClient } from '../authenticate.ts';
import type { Route } from '../route.ts';
import { brandingRoutes } from './branding/brandings.ts';
import { type CallbackApiRouteParts, callbackApiRoutes } from './callback/callback-apis.ts';
import { createEvent } from './event/create-event.ts';
import { inboundRoutes } from './inbound/routes.ts';
import { RETURNED_LETTERS, returnedLetterRoutes } from './letter/returned-letters.ts';
import { memberRoutes } from './member/routes.ts';
import { notificationRoutes } from './notification/notifications.ts';
import { organisationRoutes } from './organisation/routes.ts';
import { adminPath } from './path.ts';
import type { Paths } from './paths.ts';
import { countComplaints, listComplaints } from './provider/complaints.ts';
import { providerRoutes } from './provider/providers.ts';
import { securityKeyRoutes } from './security-key/security-keys.ts';
import { letterContactRoutes } from './sender/letter-contacts.ts';
import { replyToRoutes } from './sender/reply-tos.ts';
import { smsSenderRoutes } from './sender/sms-senders.ts';
import { serviceRoutes } from './service/routes.ts';
import { settingRoutes } from './setting/routes.ts';
import { templateRoutes } from './template/routes.ts';
import { templateFolderRoutes } from './template/template-folders.ts';
import { userRoutes } from './user/routes.ts';

type AdminRouteParts = CallbackApiRouteParts & {
  /** Who may call: the admin application, and scripts that have a secret of its. */
  client: InternalClient;
};

/** Every route of the internal API. A path has one entry, whatever its methods. */
export function adminRoutes({ client, ...parts }: AdminRouteParts): Route[] {
  const paths: Paths = {
    ...serviceRoutes(parts),
    ...memberRoutes(parts),
    ...userRoutes(parts),
    ...securityKeyRoutes(parts),
    ...templateRoutes(parts),
    ...templateFolderRoutes(parts),
    ...replyToRoutes(parts),
    ...letterContactRoutes(parts),
    ...smsSenderRoutes(parts),
    ...settingRoutes(parts),
    ...callbackApiRoutes(parts),
    ...inboundRoutes(parts),
    ...brandingRoutes(parts),
    ...notificationRoutes(parts),
    ...returnedLetterRoutes(parts),
    '/events': { POST: createEvent(parts) },
    ...providerRoutes(parts),
    '/complaint': { GET: listComplaints(parts) },
    '/complaint/count-by-date-range': { GET: countComplaints(parts) },
    ...organisationRoutes(parts),
  };
  return Object.entries(paths).map(([path, methods]) => ({
    path: adminPath(path),
    methods,
    access: 'internal',
    client,
    errors: path === RETURNED_LETTERS ? 'v2' : 'plain',
  }));
}
