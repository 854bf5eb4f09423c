import { randomUUID } from 'node:crypto';
import { done } from '../../admin-refusal.ts';
import { Event } from '../../db/entities/identity.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { AdminCommandParts } from './parts.ts';

/** Adds to the audit trail, which nothing here reads. */
export function createEvent(parts: Pick<AdminCommandParts, 'transact' | 'now'>): AdminAction<'auditEvents.create'> {
  return async ({ event_type, data }) => {
    const id = randomUUID();
    const created_at = parts.now();
    await parts.transact(async (em) => {
      em.create(Event, { id, eventType: event_type, data, createdAt: new Date(created_at) });
    });
    return done({ id, event_type, created_at, data });
  };
}
