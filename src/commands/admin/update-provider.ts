import { done, noResult } from '../../admin-refusal.ts';
import { ProviderDetails } from '../../db/entities/providers.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, FOR_UPDATE } from '../../db/transaction.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { readProvider } from '../../queries/admin/providers.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

/** A new version of a provider. Processes that send see it when their copy expires, in ten seconds. */
export function updateProvider(parts: AdminCommandParts): AdminAction<'providers.update'> {
  return async ({ id, changes: { created_by: createdById, ...changes } }) => {
    try {
      const updated = await allOrNothing(parts, async (em) => {
        const provider = await em.findOne(ProviderDetails, { id }, FOR_UPDATE);
        if (provider === null) return noResult();
        em.assign(provider, {
          ...changes,
          ...(createdById === undefined ? {} : { createdById }),
          updatedAt: new Date(parts.now()),
          version: provider.version + 1,
        });
        await keepVersion(em, ProviderDetails, id);
        return done(null);
      });
      if (updated.outcome === 'refused') return updated;
    } catch (error) {
      if (brokenConstraint(error)?.includes('created_by_id')) return noResult();
      throw error;
    }
    const provider = await readProvider(parts.pool, id);
    return provider === null ? noResult() : done(provider);
  };
}
