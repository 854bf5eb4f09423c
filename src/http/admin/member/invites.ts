import { noResult } from '../../../admin-refusal.ts';
import { INVITE_STATUSES, type InviteView } from '../../../messages/admin-services.ts';
import { AUTH_TYPES } from '../../../messages/admin-users.ts';
import { passed } from '../../../refusal.ts';
import type { OpenHandler } from '../../route.ts';
import { createdAnswer, dataAnswer } from '../answers.ts';
import { anyText, emailAddress, listOf, nullable, oneOf, uuid } from '../field-types.ts';
import { type Find, foundFirst } from '../found-first.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { looseIds, pathPart } from '../path.ts';
import { fields, nothing, optional, required } from '../read.ts';
import { offsetTime } from '../times.ts';

const NEW_INVITE = {
  service: required(uuid),
  email_address: required(emailAddress),
  from_user: required(uuid),
  permissions: required(anyText),
  auth_type: optional(oneOf(AUTH_TYPES)),
  folder_permissions: optional(listOf(anyText)),
  invite_link_host: optional(nullable(anyText)),
};

/** An Invite (internal-api 4). */
export function inviteJson(invite: InviteView): object {
  return { ...invite, created_at: offsetTime(invite.created_at) };
}

/** `POST /service/{service_id}/invite`. The service in the body counts, not the one in the path. */
export function createInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    fields(NEW_INVITE),
    (
      { auth_type = 'sms_auth', folder_permissions = [], invite_link_host: inviteLinkHost = null, ...invite },
      request,
    ) =>
      call('invites.create', {
        ...invite,
        auth_type,
        folder_permissions,
        inviteLinkHost,
        requestId: request.trace.traceId,
      }),
    (invite) => createdAnswer(inviteJson(invite)),
  );
}

/** `GET /service/{service_id}/invite` */
export function listInvites({ call }: AdminParts): OpenHandler {
  return adminHandler(
    looseIds('service_id'),
    ([serviceId = '']) => call('invites.list', { serviceId }),
    (invites) => dataAnswer(invites.map(inviteJson)),
  );
}

/** `GET /service/{service_id}/invite/{invited_user_id}` */
export function getServiceInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    looseIds('service_id', 'invited_user_id'),
    ([serviceId = '', id = '']) => call('invites.get', { id, serviceId }),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}

/** `POST /service/{service_id}/invite/{invited_user_id}`; without a status nothing changes. */
export function updateInvite({ call }: AdminParts): OpenHandler {
  const ids = looseIds('service_id', 'invited_user_id');
  const find: Find = async (request) => {
    const given = await ids(request);
    if (given.outcome === 'refused') return noResult();
    const [serviceId = '', id = ''] = given.value;
    return call('invites.get', { id, serviceId });
  };
  const status = fields({ status: optional(oneOf(INVITE_STATUSES)) });
  return adminHandler(
    foundFirst(find, async (request) => {
      const body = await status(request);
      if (body.outcome === 'refused') return body;
      const given = await ids(request);
      if (given.outcome === 'refused') return given;
      const [serviceId = '', id = ''] = given.value;
      return passed({ serviceId, id, status: body.value.status ?? null });
    }),
    (change) => call('invites.update', change),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}

/** `GET /invite/service/{invited_user_id}` */
export function getInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('invites.get', { id: pathPart(request, 'invited_user_id'), serviceId: null }),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}

/** `GET /invite/service/check/{token}` and `GET /invite/service/{token}` */
export function checkInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('invites.check', { token: pathPart(request, 'token') }),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}
