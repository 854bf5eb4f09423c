import type { AdminResult } from '../admin-refusal.ts';

/** A CallbackApi of internal-api 4, without its bearer token; times are milliseconds since the epoch. */
export type CallbackApiView = {
  id: string;
  service_id: string;
  url: string;
  updated_by_id: string;
  created_at: number;
  updated_at: number | null;
};

export type NewCallbackApi = { url: string; bearer_token: string; updated_by_id: string };
/** What is absent stays. */
export type CallbackApiChanges = { url?: string; bearer_token?: string; updated_by_id: string };

type InService = { serviceId: string };
type OfService = InService & { id: string };

/** Actions on where a service is told of what happens (internal-api 6.18). */
export type CallbackApiActions = {
  'receiptCallbacks.get': { params: OfService; result: AdminResult<CallbackApiView> };
  'receiptCallbacks.create': { params: InService & { callback: NewCallbackApi }; result: AdminResult<CallbackApiView> };
  'receiptCallbacks.update': {
    params: OfService & { changes: CallbackApiChanges };
    result: AdminResult<CallbackApiView>;
  };
  'receiptCallbacks.remove': { params: OfService; result: AdminResult<null> };

  'inboundCallbacks.get': { params: OfService; result: AdminResult<CallbackApiView> };
  'inboundCallbacks.create': { params: InService & { callback: NewCallbackApi }; result: AdminResult<CallbackApiView> };
  'inboundCallbacks.update': {
    params: OfService & { changes: CallbackApiChanges };
    result: AdminResult<CallbackApiView>;
  };
  'inboundCallbacks.remove': { params: OfService; result: AdminResult<null> };
};
