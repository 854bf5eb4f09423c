import { randomUUID } from 'node:crypto';
import { done, fieldRefusal, noResult } from '../../admin-refusal.ts';
import { ApiKey } from '../../db/entities/api-access.ts';
import { Service } from '../../db/entities/services.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, FOR_UPDATE } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

/** A new key; its secret is stored sealed and answered this once. */
export function createApiKey(parts: AdminCommandParts): AdminAction<'apiKeys.create'> {
  return async ({ serviceId, name, keyType, createdBy }) => {
    const secret = randomUUID();
    try {
      const created = await allOrNothing(parts, async (em) => {
        if ((await em.count(Service, { id: serviceId })) === 0) return noResult();
        const id = randomUUID();
        const sealed = parts.box.seal(secret);
        em.create(ApiKey, { id, name, secret: sealed, serviceId, createdById: createdBy, keyType });
        await keepVersion(em, ApiKey, id);
        return done(secret);
      });
      if (created.outcome === 'done') parts.changed([serviceId]);
      return created;
    } catch (error) {
      const constraint = brokenConstraint(error);
      if (constraint === 'uix_service_to_key_name') return fieldRefusal('name', `Duplicate key name '${name}'`);
      if (constraint === 'api_keys_created_by_id_fkey') return noResult();
      throw error;
    }
  };
}

/** Revoking again moves the expiry. */
export function revokeApiKey(parts: AdminCommandParts): AdminAction<'apiKeys.revoke'> {
  return async ({ serviceId, id }) => {
    const revoked = await allOrNothing(parts, async (em) => {
      const key = await em.findOne(ApiKey, { id, serviceId }, FOR_UPDATE);
      if (key === null) return noResult();
      em.assign(key, { expiryDate: new Date(parts.now()), version: key.version + 1 });
      await keepVersion(em, ApiKey, id);
      return done(null);
    });
    if (revoked.outcome === 'done') parts.changed([serviceId]);
    return revoked;
  };
}
