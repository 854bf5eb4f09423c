import {
  type CallbackContext,
  type CallbackInput,
  type CallbackOutcome,
  deliveryStatusCallbackMachine,
} from '../../machines/delivery-status-callback.machine.ts';
import type { ActorType, Effect, Moment } from '../runtime/actor-type.ts';

/** A callback as it is called. Fields and their order are the wire's. Source: workflows 6.1. */
export type DeliveryStatusBody = {
  id: string;
  reference: string | null;
  to: string;
  status: string;
  created_at: string;
  completed_at: string | null;
  sent_at: string | null;
  notification_type: string;
  template_id: string;
  template_version: number;
};

export type CallbackCall = {
  url: string;
  bearerToken: string;
  body: DeliveryStatusBody;
  requestId: string;
};

export const DELIVERY_STATUS_CALLBACK = 'delivery-status-callback';

export type CallbackParts = {
  postCallback: Effect<CallbackContext, CallbackCall, { attempt: number }, CallbackOutcome>;
  announcements: Record<
    'announceSuccess' | 'announceRefusal' | 'announceExhaustion',
    (moment: Moment<CallbackContext>) => void
  >;
  /** What to post, by callback id. Never changes: the notification is final and the setting's version is fixed. */
  loadCalls: (ids: string[]) => Promise<Map<string, CallbackCall>>;
};

/** Any input that the chart accepts. */
export const EXAMPLE_CALLBACK: CallbackInput = {
  serviceId: '00000000-0000-4000-8000-000000000000',
  notificationId: '00000000-0000-4000-8000-000000000000',
  callbackApiId: '00000000-0000-4000-8000-000000000000',
  callbackApiVersion: 1,
};

/** Webhooks that tell a service how its notifications ended. */
export function deliveryStatusCallbackActor(parts: CallbackParts): ActorType<CallbackContext, CallbackCall> {
  return {
    name: DELIVERY_STATUS_CALLBACK,
    machine: deliveryStatusCallbackMachine,
    table: {
      name: 'delivery_status_callbacks',
      columns: {
        serviceId: { name: 'service_id', type: 'uuid', fixed: true },
        notificationId: { name: 'notification_id', type: 'uuid', fixed: true },
        callbackApiId: { name: 'callback_api_id', type: 'uuid', fixed: true },
        callbackApiVersion: { name: 'callback_api_version', type: 'int4', fixed: true },
        attempts: { name: 'attempts', type: 'int2' },
      },
    },
    pools: ['callbacks', 'callbacks-retry'],
    pool: ({ attempts }) => (attempts > 1 ? 'callbacks-retry' : 'callbacks'),
    fairnessKey: ({ serviceId }) => serviceId,
    effects: { postCallback: parts.postCallback },
    announcements: parts.announcements,
    loadPayloads: parts.loadCalls,
  };
}
