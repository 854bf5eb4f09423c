import { randomUUID } from 'node:crypto';
import { type AdminRefused, noResult } from '../../admin-refusal.ts';
import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import { checkUrlToken } from '../../content/url-tokens.ts';
import { InvitedUser } from '../../db/entities/members.ts';
import type { AdminAction, AdminActions } from '../../messages/admin.ts';
import { AUTH_TYPES } from '../../messages/admin-users.ts';
import { readInvite } from '../../queries/admin/invites.ts';
import { readService } from '../../queries/admin/services.ts';
import { readUser } from '../../queries/admin/users.ts';
import { parseUuid } from '../../validation/uuid.ts';
import type { AdminCommandParts } from './parts.ts';

type NewInvite = AdminActions['invites.create']['params'];

/** Source: internal-api 5, `INVITATION_EXPIRATION_DAYS`. */
const LINK_LIFE_MS = 2 * 86_400_000;
const EXPIRED =
  'Your invitation to GOV.UK Notify has expired. Please ask the person that invited you to send you another one';
const BROKEN = 'Something’s wrong with this link. Make sure you’ve copied the whole thing.';

/** Stores an invitation and sends it; answers go to the inviter. */
export function createInvite(parts: AdminCommandParts): AdminAction<'invites.create'> {
  return async (asked) => {
    const service = await readService(parts.pool, asked.service);
    const inviter = await readUser(parts.pool, asked.from_user);
    if (service.outcome === 'refused' || inviter.outcome === 'refused') return noResult();
    const id = randomUUID();
    await store(parts, id, asked);
    const isBroadcast = service.value.permissions.includes('broadcast');
    const sent = await parts.send({
      templateId: isBroadcast ? INTERNAL_TEMPLATES.broadcastInvitation : INTERNAL_TEMPLATES.invitation,
      recipient: asked.email_address,
      personalisation: {
        user_name: inviter.value.name,
        service_name: service.value.name,
        url: parts.links.invitation(asked.inviteLinkHost, id),
      },
      replyTo: inviter.value.email_address,
      requestId: asked.requestId,
    });
    return sent.outcome === 'refused' ? sent : readInvite(parts.pool, id, null);
  };
}

async function store(parts: AdminCommandParts, id: string, asked: NewInvite): Promise<void> {
  await parts.transact(async (em) => {
    em.create(InvitedUser, {
      id,
      emailAddress: asked.email_address,
      userId: asked.from_user,
      serviceId: asked.service,
      permissions: asked.permissions,
      authType: AUTH_TYPES.find((type) => type === asked.auth_type) ?? 'sms_auth',
      folderPermissions: asked.folder_permissions,
      createdAt: new Date(parts.now()),
    });
  });
}

/** Any status may follow any other. */
export function updateInvite(parts: AdminCommandParts): AdminAction<'invites.update'> {
  return async ({ id, serviceId, status }) => {
    if (status === null) return readInvite(parts.pool, id, serviceId);
    const changed = await parts.transact((em) => em.nativeUpdate(InvitedUser, { id, serviceId }, { status }));
    return changed === 0 ? noResult() : readInvite(parts.pool, id, serviceId);
  };
}

/** The invitation that a link names, whatever its status. */
export function checkInvite(parts: AdminCommandParts): AdminAction<'invites.check'> {
  return async ({ token }) => {
    const id = invitedId(parts, token);
    return typeof id === 'string' ? readInvite(parts.pool, id, null) : id;
  };
}

/** The invitation that a link's token carries. */
export function invitedId({ links, now }: AdminCommandParts, token: string): string | AdminRefused {
  const checked = checkUrlToken(token, links.secrets, LINK_LIFE_MS, new Date(now()));
  if (checked.outcome === 'expired') return linkRefusal(EXPIRED);
  const id = checked.outcome === 'valid' ? parseUuid(checked.text) : null;
  return id ?? linkRefusal(BROKEN);
}

/** Told as a text under the field, not as a list of texts (internal-api 6.6). */
function linkRefusal(text: string): AdminRefused {
  return { outcome: 'refused', status: 400, message: { invitation: text } };
}
