import { randomUUID } from 'node:crypto';
import { type AdminResult, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { InboundNumber, ServiceSmsSender } from '../../db/entities/senders.ts';
import { FOR_UPDATE, type Transaction } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readSmsSender } from '../../queries/admin/senders.ts';
import { changeSender, noLongerDefault } from './change-sender.ts';
import type { AdminCommandParts } from './parts.ts';

/** Characters. The column holds no more. */
const LONGEST = 11;
const NO_DEFAULT = plainRefusal(400, 'You must have at least one SMS sender as the default.');

/** A number that receives texts takes the place of a service's only sender (internal-api 6.17). */
export function createSmsSender(parts: AdminCommandParts): AdminAction<'smsSenders.create'> {
  return ({ serviceId, sender: { sms_sender: asked, is_default: isDefault, inbound_number_id: numberId } }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const claimed = numberId === undefined ? done(asked) : await claimNumber(em, serviceId, numberId);
        if (claimed.outcome === 'refused') return claimed;
        const smsSender = claimed.value;
        if (isTooLong(smsSender)) return noResult();
        const existing = await em.find(ServiceSmsSender, { serviceId, archived: false });
        const [only] = existing;
        if (numberId !== undefined && only !== undefined && existing.length === 1) {
          em.assign(only, { smsSender, inboundNumberId: numberId });
          return done(only.id);
        }
        if (isDefault) await clearDefault(em, serviceId, parts.now());
        else if (!existing.some((sender) => sender.isDefault)) return NO_DEFAULT;
        const id = randomUUID();
        em.create(ServiceSmsSender, { id, serviceId, smsSender, isDefault, inboundNumberId: numberId ?? null });
        return done(id);
      },
      readSmsSender,
    );
}

/** The digits of a number that is the service's from now on. A service has one number. */
async function claimNumber(em: Transaction, serviceId: string, id: string): Promise<AdminResult<string>> {
  const number = await em.findOne(InboundNumber, { id }, FOR_UPDATE);
  if (number === null || !number.active || (number.serviceId ?? null) !== null) {
    return plainRefusal(400, 'Inbound number is not available');
  }
  if ((await em.count(InboundNumber, { serviceId })) > 0) {
    return plainRefusal(400, 'Service already has an inbound number');
  }
  em.assign(number, { serviceId });
  return done(number.number);
}

export function updateSmsSender(parts: AdminCommandParts): AdminAction<'smsSenders.update'> {
  return ({ serviceId, id, sender: { sms_sender: smsSender, is_default: isDefault } }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const sender = await em.findOne(ServiceSmsSender, { id, serviceId, archived: false });
        if (sender === null) return noResult();
        if ((sender.inboundNumberId ?? null) !== null && smsSender !== sender.smsSender) {
          return plainRefusal(400, `You can not change the inbound number for service ${serviceId}`);
        }
        if (isTooLong(smsSender)) return noResult();
        if (sender.isDefault && !isDefault) return NO_DEFAULT;
        if (isDefault && !sender.isDefault) await clearDefault(em, serviceId, parts.now());
        em.assign(sender, { smsSender, isDefault, updatedAt: new Date(parts.now()) });
        return done(id);
      },
      readSmsSender,
    );
}

/** Doing it again changes nothing. */
export function archiveSmsSender(parts: AdminCommandParts): AdminAction<'smsSenders.archive'> {
  return ({ serviceId, id }) =>
    changeSender(
      parts,
      serviceId,
      async (em) => {
        const sender = await em.findOne(ServiceSmsSender, { id, serviceId });
        if (sender === null) return noResult();
        if ((sender.inboundNumberId ?? null) !== null) return plainRefusal(400, 'You cannot delete an inbound number');
        if (sender.isDefault) return plainRefusal(400, 'You cannot delete a default sms sender');
        em.assign(sender, { archived: true });
        return done(id);
      },
      readSmsSender,
    );
}

function isTooLong(sender: string): boolean {
  return [...sender].length > LONGEST;
}

async function clearDefault(em: Transaction, serviceId: string, at: number): Promise<void> {
  await em.nativeUpdate(ServiceSmsSender, { serviceId, isDefault: true, archived: false }, noLongerDefault(at));
}
