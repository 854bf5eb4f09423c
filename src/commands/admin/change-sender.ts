import type { AdminResult } from '../../admin-refusal.ts';
import { noResult } from '../../admin-refusal.ts';
import type { Transaction } from '../../db/transaction.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';
import { lockService } from './service-settings.ts';

/**
 * Changes a service's senders and reads one back. A service's changes are made one after the other, so that two cannot
 * both make a default. `work` answers the id of the sender.
 */
export async function changeSender<View>(
  parts: AdminCommandParts,
  serviceId: string,
  work: (em: Transaction) => Promise<AdminResult<string>>,
  read: (pool: AdminCommandParts['pool'], serviceId: string, id: string) => Promise<AdminResult<View>>,
): Promise<AdminResult<View>> {
  const changed = await allOrNothing(parts, async (em) =>
    (await lockService(em, serviceId)) === null ? noResult() : work(em),
  );
  if (changed.outcome === 'refused') return changed;
  parts.changed([serviceId]);
  return read(parts.pool, serviceId, changed.value);
}

/** The columns by which a sender stops being the default. */
export function noLongerDefault(at: number): { isDefault: false; updatedAt: Date } {
  return { isDefault: false, updatedAt: new Date(at) };
}
