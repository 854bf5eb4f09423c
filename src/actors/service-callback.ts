import { type CallbackParts, callbackActor } from './callback.ts';

/** What services are told beside delivery statuses. */
export type ServiceCallbackType = 'complaint' | 'inbound_sms' | 'returned_letter';

/**
 * One callback of the rarer kinds. A received text's address, token and text are read before each call; those of the
 * other kinds do not change once it exists. Source: public-api 6.
 */
export type ServiceCallback = {
  serviceId: string;
  callbackType: ServiceCallbackType;
  /** The complaint's or the received text's id; a returned letter's notification. */
  subjectId: string;
  /** Null for received texts; the same holds for the next two. */
  callbackApiId: string | null;
  callbackApiVersion: number | null;
  /** Sealed JSON. */
  body: string | null;
  /** Trace id of the request that led to it. */
  requestId: string;
};

export const SERVICE_CALLBACK = 'service-callback';

/** Any input that the chart accepts. */
export const EXAMPLE_SERVICE_CALLBACK: ServiceCallback = {
  serviceId: '00000000-0000-4000-8000-000000000000',
  callbackType: 'inbound_sms',
  subjectId: '00000000-0000-4000-8000-000000000000',
  callbackApiId: null,
  callbackApiVersion: null,
  body: null,
  requestId: 'example',
};

/** Callbacks that tell services of complaints, received texts and returned letters. */
export function serviceCallbackActor(parts: CallbackParts<ServiceCallback>) {
  const columns = {
    serviceId: { name: 'service_id', type: 'uuid', fixed: true },
    callbackType: { name: 'callback_type', type: 'text', fixed: true },
    subjectId: { name: 'subject_id', type: 'uuid', fixed: true },
    callbackApiId: { name: 'callback_api_id', type: 'uuid', fixed: true },
    callbackApiVersion: { name: 'callback_api_version', type: 'int4', fixed: true },
    body: { name: 'body', type: 'text', fixed: true },
    requestId: { name: 'request_id', type: 'text', fixed: true },
    attempts: { name: 'attempts', type: 'int2' },
  } as const;
  return callbackActor(SERVICE_CALLBACK, { name: 'service_callbacks', columns }, parts);
}
