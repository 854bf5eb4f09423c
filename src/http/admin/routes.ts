import type { InternalClient } from '../authenticate.ts';
import type { Route } from '../route.ts';
import { createEvent } from './event/create-event.ts';
import type { AdminParts } from './handler.ts';
import { memberRoutes } from './member/routes.ts';
import { organisationRoutes } from './organisation/routes.ts';
import { adminPath } from './path.ts';
import type { Paths } from './paths.ts';
import { securityKeyRoutes } from './security-key/security-keys.ts';
import { serviceRoutes } from './service/routes.ts';
import { templateRoutes } from './template/routes.ts';
import { userRoutes } from './user/routes.ts';

type AdminRouteParts = AdminParts & {
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
    '/events': { POST: createEvent(parts) },
    ...organisationRoutes(parts),
  };
  return Object.entries(paths).map(([path, methods]) => ({
    path: adminPath(path),
    methods,
    access: 'internal',
    client,
    errors: 'plain',
  }));
}
