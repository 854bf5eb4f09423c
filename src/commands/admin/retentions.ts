import { randomUUID } from 'node:crypto';
import { type AdminResult, done, noResult, plainRefusal } from '../../admin-refusal.ts';
import { ServiceDataRetention } from '../../db/entities/services.ts';
import { brokenConstraint } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { RetentionView } from '../../messages/admin-service-settings.ts';
import { getRetention } from '../../queries/admin/service-settings.ts';
import type { AdminCommandParts } from './parts.ts';

/** A hundred years: with much more, PostgreSQL could not count back. */
const MOST_DAYS = 36_500;

/** One per type of notification. */
export function createRetention(parts: AdminCommandParts): AdminAction<'retentions.create'> {
  return async ({ serviceId, type, days }) => {
    if (isOutOfRange(days)) return noResult();
    const id = randomUUID();
    try {
      await parts.transact(async (em) => {
        em.create(ServiceDataRetention, { id, serviceId, notificationType: type, daysOfRetention: days });
      });
    } catch (error) {
      switch (brokenConstraint(error)) {
        case 'uix_service_data_retention':
          return plainRefusal(400, `Service already has data retention for ${type} notification type`);
        case 'service_data_retention_service_id_fkey':
          return noResult();
        default:
          throw error;
      }
    }
    parts.changed([serviceId]);
    return found(await getRetention(parts.pool)({ serviceId, id }));
  };
}

export function updateRetention(parts: AdminCommandParts): AdminAction<'retentions.update'> {
  return async ({ serviceId, id, days }) => {
    if (isOutOfRange(days)) return noResult();
    const changes = { daysOfRetention: days, updatedAt: new Date(parts.now()) };
    const changed = await parts.transact((em) => em.nativeUpdate(ServiceDataRetention, { id, serviceId }, changes));
    if (changed === 0) {
      return plainRefusal(404, `The service data retention for id: ${id} was not found for service: ${serviceId}`);
    }
    parts.changed([serviceId]);
    return done(null);
  };
}

function isOutOfRange(days: number): boolean {
  return days < 0 || days > MOST_DAYS;
}

function found(retention: AdminResult<RetentionView | null>): AdminResult<RetentionView> {
  if (retention.outcome === 'refused') return retention;
  return retention.value === null ? noResult() : done(retention.value);
}
