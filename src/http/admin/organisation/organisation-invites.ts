import type { OrganisationInviteView } from '../../../messages/admin-organisations.ts';
import { INVITE_STATUSES, type InviteStatus } from '../../../messages/admin-services.ts';
import { passed } from '../../../refusal.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { wireTime } from '../../../wire-time.ts';
import type { OpenHandler } from '../../route.ts';
import { uuid } from '../../schemas/properties.ts';
import { createdAnswer, dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { looseIds, pathPart } from '../path.ts';
import { document, nothing } from '../read.ts';

const NEW = compileSchema({
  type: 'object',
  properties: {
    email_address: { type: 'string', format: 'email-address' },
    invited_by: uuid,
    invite_link_host: { type: 'string' },
  },
  required: ['email_address', 'invited_by'],
});
const STATUS = compileSchema({
  type: 'object',
  properties: { status: { enum: INVITE_STATUSES } },
  required: ['status'],
});

/** An OrgInvite (internal-api 4). */
function inviteJson(invite: OrganisationInviteView): object {
  return { ...invite, created_at: wireTime(invite.created_at) };
}

/** `POST /organisation/{organisation_id}/invite` */
export function createOrganisationInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ email_address: string; invited_by: string; invite_link_host?: string }>(NEW, ['invited_by']),
    ({ email_address: email, invited_by: invitedBy, invite_link_host: inviteLinkHost = null }, request) =>
      call('organisationInvites.create', {
        organisationId: pathPart(request, 'organisation_id'),
        invitedBy,
        email,
        inviteLinkHost,
        requestId: request.trace.traceId,
      }),
    (invite) => createdAnswer(inviteJson(invite)),
  );
}

/** `GET /organisation/{organisation_id}/invite` */
export function listOrganisationInvites({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('organisationInvites.list', { organisationId: pathPart(request, 'organisation_id') }),
    (invites) => dataAnswer(invites.map(inviteJson)),
  );
}

/** `GET /organisation/{organisation_id}/invite/{invited_org_user_id}` */
export function getOrganisationsInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    looseIds('organisation_id', 'invited_org_user_id'),
    ([organisationId = '', id = '']) => call('organisationInvites.get', { id, organisationId }),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}

/** `POST /organisation/{organisation_id}/invite/{invited_org_user_id}` */
export function updateOrganisationInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    async (request) => {
      const body = await document<{ status: InviteStatus }>(STATUS)(request);
      if (body.outcome === 'refused') return body;
      const ids = await looseIds('organisation_id', 'invited_org_user_id')(request);
      if (ids.outcome === 'refused') return ids;
      const [organisationId = '', id = ''] = ids.value;
      return passed({ organisationId, id, status: body.value.status });
    },
    (change) => call('organisationInvites.update', change),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}

/** `GET /invite/organisation/{invited_org_user_id}` */
export function getOrganisationInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) =>
      call('organisationInvites.get', { id: pathPart(request, 'invited_org_user_id'), organisationId: null }),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}

/** `GET /invite/organisation/check/{token}` and `GET /invite/organisation/{token}` */
export function checkOrganisationInvite({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('organisationInvites.check', { token: pathPart(request, 'token') }),
    (invite) => dataAnswer(inviteJson(invite)),
  );
}
