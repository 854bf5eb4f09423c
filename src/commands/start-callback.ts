import type { ServiceCallback, ServiceCallbackType } from '../actors/service-callback.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import { timeOrderedDerivedId } from './derived-id.ts';

export type CallbackStart = {
  callbackType: ServiceCallbackType;
  serviceId: string;
  /** The complaint's or the received text's id; a returned letter's notification. */
  subjectId: string;
  /** When the subject was stored, in milliseconds since the epoch; the same whenever it is asked for. */
  at: number;
  /** What to post, asked for only where somebody wants it; null where it is read at each call. */
  body: (() => Promise<object>) | null;
  requestId: string;
};

export type StartCallback = (start: CallbackStart) => Promise<void>;

export type StartCallbackParts = {
  directory: Pick<Directory, 'service'>;
  box: SecretBox;
  /** Makes the callback durable, unless it exists. */
  start(id: string, callback: ServiceCallback): Promise<unknown>;
};

const SETTINGS = {
  complaint: 'complaint',
  inbound_sms: 'inboundSms',
  returned_letter: 'returnedLetter',
} as const satisfies Record<ServiceCallbackType, keyof ServiceRecord['callbacks']>;

/**
 * Owes the callback, where the service wants one of its type (workflows 1.6 and 6.2). Durable when it resolves;
 * repeating it makes no second callback.
 */
export function startCallback({ directory, box, start }: StartCallbackParts): StartCallback {
  return async ({ callbackType, serviceId, subjectId, at, body, requestId }) => {
    const service = await directory.service(serviceId);
    const setting = service?.callbacks[SETTINGS[callbackType]];
    if (!setting) return;
    await start(timeOrderedDerivedId(at, `${callbackType} ${subjectId}`), {
      serviceId,
      callbackType,
      subjectId,
      callbackApiId: body === null ? null : setting.id,
      callbackApiVersion: body === null ? null : setting.version,
      body: body === null ? null : box.seal(JSON.stringify(await body())),
      requestId,
    });
  };
}
