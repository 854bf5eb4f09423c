import { randomUUID } from 'node:crypto';
import { type AdminRefused, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { INTERNAL_TEMPLATES } from '../../built-in.ts';
import { ServiceEmailReplyTo } from '../../db/entities/senders.ts';
import { Service } from '../../db/entities/services.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readReplyTo } from '../../queries/admin/senders.ts';
import { changeSender, noLongerDefault } from './change-sender.ts';
import type { AdminCommandParts } from './parts.ts';

const NO_DEFAULT = plainRefusal(400, 'You must have at least one reply to email address as the default.');

/** Writes to an address that is about to be a reply-to; whether it arrives is for the caller to see. */
export function verifyReplyTo(parts: AdminCommandParts): AdminAction<'replyTos.verify'> {
  return async ({ serviceId, address, requestId }) => {
    const em = parts.read();
    if ((await em.count(Service, { id: serviceId })) === 0) return noResult();
    const taken = await takenRefusal(em, serviceId, address);
    if (taken !== null) return taken;
    const templateId = INTERNAL_TEMPLATES.replyToVerification;
    return parts.send({ templateId, recipient: address, personalisation: {}, requestId });
  };
}

export function createReplyTo(parts: AdminCommandParts): AdminAction<'replyTos.create'> {
  return ({ serviceId, replyTo: { email_address: emailAddress, is_default: isDefault } }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const taken = await takenRefusal(em, serviceId, emailAddress);
        if (taken !== null) return taken;
        if (isDefault) await em.nativeUpdate(ServiceEmailReplyTo, defaultOf(serviceId), noLongerDefault(parts.now()));
        else if ((await em.count(ServiceEmailReplyTo, defaultOf(serviceId))) === 0) return NO_DEFAULT;
        const id = randomUUID();
        em.create(ServiceEmailReplyTo, { id, serviceId, emailAddress, isDefault });
        return done(id);
      },
      readReplyTo,
    );
}

export function updateReplyTo(parts: AdminCommandParts): AdminAction<'replyTos.update'> {
  return ({ serviceId, id, replyTo: { email_address: emailAddress, is_default: isDefault } }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const replyTo = await em.findOne(ServiceEmailReplyTo, { id, serviceId, archived: false });
        if (replyTo === null) return noResult();
        if (replyTo.isDefault && !isDefault) return NO_DEFAULT;
        if (isDefault && !replyTo.isDefault) {
          await em.nativeUpdate(ServiceEmailReplyTo, defaultOf(serviceId), noLongerDefault(parts.now()));
        }
        em.assign(replyTo, { emailAddress, isDefault, updatedAt: new Date(parts.now()) });
        return done(id);
      },
      readReplyTo,
    );
}

/** Doing it again changes nothing. */
export function archiveReplyTo(parts: AdminCommandParts): AdminAction<'replyTos.archive'> {
  return ({ serviceId, id }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const replyTo = await em.findOne(ServiceEmailReplyTo, { id, serviceId });
        if (replyTo === null) return noResult();
        if (replyTo.isDefault) return plainRefusal(400, 'You cannot delete a default email reply to address');
        em.assign(replyTo, { archived: true });
        return done(id);
      },
      readReplyTo,
    );
}

const defaultOf = (serviceId: string) => ({ serviceId, isDefault: true, archived: false });

async function takenRefusal(em: Transaction, serviceId: string, emailAddress: string): Promise<AdminRefused | null> {
  if ((await em.count(ServiceEmailReplyTo, { serviceId, emailAddress, archived: false })) === 0) return null;
  return plainRefusal(409, `Your service already uses ‘${emailAddress}’ as an email reply-to address.`);
}
