import type { AdminParts } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { addMember, listMembers, removeMember } from './change-members.ts';
import { checkInvite, createInvite, getInvite, getServiceInvite, listInvites, updateInvite } from './invites.ts';

/** A service's team and its invitations (internal-api 6.5, 6.6). */
export function memberRoutes(parts: AdminParts): Paths {
  return {
    '/service/{service_id}/users': { GET: listMembers(parts) },
    '/service/{service_id}/users/{any:user_id}': { POST: addMember(parts), DELETE: removeMember(parts) },
    '/service/{any:service_id}/invite': { GET: listInvites(parts), POST: createInvite(parts) },
    '/service/{any:service_id}/invite/{any:invited_user_id}': {
      GET: getServiceInvite(parts),
      POST: updateInvite(parts),
    },
    '/invite/service/check/{any:token}': { GET: checkInvite(parts) },
    '/invite/service/{invited_user_id}': { GET: getInvite(parts) },
    '/invite/service/{any:token}': { GET: checkInvite(parts) },
  };
}
