import { type CallbackParts, callbackActor } from './callback.ts';

/** The callback's body. Fields and their order are the wire's. Source: workflows 6.1. */
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

/** About which notification, and where: the address and the token are those of one version of the service's setting. */
export type DeliveryStatusCallback = {
  serviceId: string;
  notificationId: string;
  callbackApiId: string;
  callbackApiVersion: number;
};

export const DELIVERY_STATUS_CALLBACK = 'delivery-status-callback';

/** Any input that the chart accepts. */
export const EXAMPLE_CALLBACK: DeliveryStatusCallback = {
  serviceId: '00000000-0000-4000-8000-000000000000',
  notificationId: '00000000-0000-4000-8000-000000000000',
  callbackApiId: '00000000-0000-4000-8000-000000000000',
  callbackApiVersion: 1,
};

/**
 * Callbacks that tell services how their notifications ended. There are as many as notifications, so their rows are
 * kept apart and hold nothing that can be read again: the notification is final and the setting's version is fixed.
 */
export function deliveryStatusCallbackActor(parts: CallbackParts<DeliveryStatusCallback>) {
  const columns = {
    serviceId: { name: 'service_id', type: 'uuid', fixed: true },
    notificationId: { name: 'notification_id', type: 'uuid', fixed: true },
    callbackApiId: { name: 'callback_api_id', type: 'uuid', fixed: true },
    callbackApiVersion: { name: 'callback_api_version', type: 'int4', fixed: true },
    attempts: { name: 'attempts', type: 'int2' },
  } as const;
  return callbackActor(DELIVERY_STATUS_CALLBACK, { name: 'delivery_status_callbacks', columns }, parts);
}
