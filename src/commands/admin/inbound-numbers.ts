import { done, noResult } from '../../admin-refusal.ts';
import { InboundNumber } from '../../db/entities/senders.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { AdminCommandParts } from './parts.ts';

/** A service's number receives nothing any more, and stays the service's. */
export function switchOffNumber(parts: AdminCommandParts): AdminAction<'inboundNumbers.switchOff'> {
  return async ({ serviceId }) => {
    const changes = { active: false, updatedAt: new Date(parts.now()) };
    const changed = await parts.transact((em) => em.nativeUpdate(InboundNumber, { serviceId }, changes));
    if (changed === 0) return noResult();
    parts.changed([serviceId]);
    return done(null);
  };
}
