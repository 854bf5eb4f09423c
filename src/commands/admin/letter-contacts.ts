import { randomUUID } from 'node:crypto';
import { done, noResult } from '../../admin-refusal.ts';
import { ServiceLetterContact } from '../../db/entities/senders.ts';
import { Template } from '../../db/entities/templates.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readLetterContact } from '../../queries/admin/senders.ts';
import { changeSender, noLongerDefault } from './change-sender.ts';
import type { AdminCommandParts } from './parts.ts';

/** A service needs no default. */
export function createLetterContact(parts: AdminCommandParts): AdminAction<'letterContacts.create'> {
  return ({ serviceId, contact: { contact_block: contactBlock, is_default: isDefault } }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        if (isDefault) await clearDefault(em, serviceId, parts.now());
        const id = randomUUID();
        em.create(ServiceLetterContact, { id, serviceId, contactBlock, isDefault });
        return done(id);
      },
      readLetterContact,
    );
}

export function updateLetterContact(parts: AdminCommandParts): AdminAction<'letterContacts.update'> {
  return ({ serviceId, id, contact: { contact_block: contactBlock, is_default: isDefault } }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const contact = await em.findOne(ServiceLetterContact, { id, serviceId, archived: false });
        if (contact === null) return noResult();
        if (isDefault && !contact.isDefault) await clearDefault(em, serviceId, parts.now());
        em.assign(contact, { contactBlock, isDefault, updatedAt: new Date(parts.now()) });
        return done(id);
      },
      readLetterContact,
    );
}

/** The templates that used it have none; that is no new version of theirs. */
export function archiveLetterContact(parts: AdminCommandParts): AdminAction<'letterContacts.archive'> {
  return ({ serviceId, id }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const contact = await em.findOne(ServiceLetterContact, { id, serviceId });
        if (contact === null) return noResult();
        em.assign(contact, { archived: true });
        await em.nativeUpdate(Template, { serviceLetterContactId: id }, { serviceLetterContactId: null });
        return done(id);
      },
      readLetterContact,
    );
}

async function clearDefault(em: Transaction, serviceId: string, at: number): Promise<void> {
  await em.nativeUpdate(ServiceLetterContact, { serviceId, isDefault: true, archived: false }, noLongerDefault(at));
}
