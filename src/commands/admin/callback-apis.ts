import { randomUUID } from 'node:crypto';
import {
  type AdminRefused,
  type AdminResult,
  done,
  fieldRefusal,
  noResult,
  plainRefusal,
} from '../../admin-refusal.ts';
import { type CallbackType, ServiceCallbackApi } from '../../db/entities/api-access.ts';
import { keepVersion } from '../../db/history.ts';
import { brokenConstraint, FOR_UPDATE } from '../../db/transaction.ts';
import type { AdminHandlers } from '../../messages/admin.ts';
import type { CallbackApiChanges, CallbackApiView, NewCallbackApi } from '../../messages/admin-callbacks.ts';
import { getCallbackApi } from '../../queries/admin/callback-apis.ts';
import { type AdminCommandParts, allOrNothing } from './parts.ts';

type OfService = { serviceId: string; id: string };

/** Statuses of notifications; operators' rows for other reports can be read, changed and removed here as well. */
export function receiptCallbacks(parts: AdminCommandParts): AdminHandlers<'receiptCallbacks'> {
  const types: CallbackType[] = ['delivery_status', 'complaint', 'returned_letter'];
  return handlers(parts, 'delivery_status', types, 'Service delivery receipt callback API not found');
}

/** Received texts. */
export function inboundCallbacks(parts: AdminCommandParts): AdminHandlers<'inboundCallbacks'> {
  return handlers(parts, 'inbound_sms', ['inbound_sms'], 'Service inbound API not found');
}

/** A service has one callback per type; new ones are of `type`. */
function handlers(parts: AdminCommandParts, type: CallbackType, types: readonly CallbackType[], notFound: string) {
  const get = getCallbackApi(parts.pool, types);
  return {
    get,
    create: async ({ serviceId, callback }: { serviceId: string; callback: NewCallbackApi }) => {
      const created = await createCallback(parts, serviceId, type, callback);
      return created.outcome === 'refused' ? created : get({ serviceId, id: created.value });
    },
    update: async (asked: OfService & { changes: CallbackApiChanges }): Promise<AdminResult<CallbackApiView>> => {
      const updated = await updateCallback(parts, asked, types);
      return updated.outcome === 'refused' ? updated : get(asked);
    },
    remove: async ({ serviceId, id }: OfService) => {
      const removed = await parts.transact((em) =>
        em.nativeDelete(ServiceCallbackApi, { id, serviceId, callbackType: { $in: [...types] } }),
      );
      if (removed === 0) return plainRefusal(404, notFound);
      parts.changed([serviceId]);
      return done(null);
    },
  };
}

/** Answers its id. The token is stored sealed. */
async function createCallback(
  parts: AdminCommandParts,
  serviceId: string,
  callbackType: CallbackType,
  { url, bearer_token, updated_by_id: updatedById }: NewCallbackApi,
): Promise<AdminResult<string>> {
  const id = randomUUID();
  const bearerToken = parts.box.seal(bearer_token);
  try {
    await parts.transact(async (em) => {
      em.create(ServiceCallbackApi, { id, serviceId, url, bearerToken, updatedById, callbackType });
      await keepVersion(em, ServiceCallbackApi, id);
    });
  } catch (error) {
    return refusalOf(error);
  }
  parts.changed([serviceId]);
  return done(id);
}

async function updateCallback(
  parts: AdminCommandParts,
  { serviceId, id, changes }: OfService & { changes: CallbackApiChanges },
  types: readonly CallbackType[],
): Promise<AdminResult<null>> {
  const { url, bearer_token: token, updated_by_id: updatedById } = changes;
  try {
    const updated = await allOrNothing(parts, async (em) => {
      const kept = { id, serviceId, callbackType: { $in: [...types] } };
      const callback = await em.findOne(ServiceCallbackApi, kept, FOR_UPDATE);
      if (callback === null) return noResult();
      em.assign(callback, {
        ...(url === undefined ? {} : { url }),
        ...(token === undefined ? {} : { bearerToken: parts.box.seal(token) }),
        updatedById,
        updatedAt: new Date(parts.now()),
        version: callback.version + 1,
      });
      await keepVersion(em, ServiceCallbackApi, id);
      return done(null);
    });
    if (updated.outcome === 'done') parts.changed([serviceId]);
    return updated;
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): AdminRefused {
  const constraint = brokenConstraint(error);
  if (constraint === 'uix_service_callback_type') {
    return fieldRefusal('name', 'You can only have one URL and bearer token for your service.');
  }
  if (constraint === 'service_callback_api_service_id_fkey' || constraint?.includes('updated_by_id')) return noResult();
  throw error;
}
