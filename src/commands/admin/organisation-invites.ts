import { randomUUID } from 'node:crypto';
import { noResult } from '../../admin-refusal.ts';
import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import { InvitedOrganisationUser } from '../../db/entities/organisations.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readOrganisationInvite } from '../../queries/admin/organisation-invites.ts';
import { getOrganisation } from '../../queries/admin/organisations.ts';
import { readUser } from '../../queries/admin/users.ts';
import { invitedId } from './invites.ts';
import type { AdminCommandParts } from './parts.ts';

const TEAM = 'The GOV.UK Notify team';

/** Stores an invitation and sends it; answers go to the inviter. */
export function createOrganisationInvite(parts: AdminCommandParts): AdminAction<'organisationInvites.create'> {
  return async ({ organisationId, invitedBy, email, inviteLinkHost, requestId }) => {
    const organisation = await getOrganisation(parts.pool)({ id: organisationId });
    const inviter = await readUser(parts.pool, invitedBy);
    if (organisation.outcome === 'refused' || inviter.outcome === 'refused') return noResult();
    const id = randomUUID();
    await parts.transact(async (em) => {
      em.create(InvitedOrganisationUser, {
        id,
        organisationId,
        invitedById: invitedBy,
        emailAddress: email,
        createdAt: new Date(parts.now()),
      });
    });
    const sent = await parts.send({
      templateId: INTERNAL_TEMPLATES.organisationInvitation,
      recipient: email,
      personalisation: {
        user_name: inviter.value.platform_admin ? TEAM : inviter.value.name,
        organisation_name: organisation.value.name,
        url: parts.links.organisationInvitation(inviteLinkHost, id),
      },
      replyTo: inviter.value.email_address,
      requestId,
    });
    return sent.outcome === 'refused' ? sent : readOrganisationInvite(parts.pool, id, null);
  };
}

/** Any status may follow any other. */
export function updateOrganisationInvite(parts: AdminCommandParts): AdminAction<'organisationInvites.update'> {
  return async ({ id, organisationId, status }) => {
    const changed = await parts.transact((em) =>
      em.nativeUpdate(InvitedOrganisationUser, { id, organisationId }, { status }),
    );
    return changed === 0 ? noResult() : readOrganisationInvite(parts.pool, id, organisationId);
  };
}

/** The invitation that a link names, whatever its status. */
export function checkOrganisationInvite(parts: AdminCommandParts): AdminAction<'organisationInvites.check'> {
  return async ({ token }) => {
    const id = invitedId(parts, token);
    return typeof id === 'string' ? readOrganisationInvite(parts.pool, id, null) : id;
  };
}
