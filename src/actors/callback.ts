import {
  type CallbackContext,
  type CallbackInput,
  type CallbackOutcome,
  serviceCallbackMachine,
} from '../../machines/service-callback.machine.ts';
import type { ActorType, Columns, Effect, Moment } from '../runtime/actor-type.ts';

/** What a callback tells of, as log lines name it. */
export type CallbackSubject =
  | {
      task: 'send_delivery_status_to_service' | 'send_complaint_to_service' | 'send_returned_letter_to_service';
      notificationId: string;
    }
  | { task: 'send_inbound_sms_to_service'; serviceId: string; inboundSmsId: string };

/** One callback as it is called. It is not wanted where the service has no address for its kind any more. */
export type CallbackCall =
  | { isWanted: true; url: string; bearerToken: string; body: object; requestId: string; subject: CallbackSubject }
  | { isWanted: false };

type Context<Input extends CallbackInput> = Input & CallbackContext;

export type CallbackParts<Input extends CallbackInput> = {
  postCallback: Effect<Context<Input>, CallbackCall, { attempt: number }, CallbackOutcome>;
  announcements: Record<
    'announceSuccess' | 'announceRefusal' | 'announceExhaustion',
    (moment: Moment<Context<Input>>) => void
  >;
  /** What to post and where, by callback id; read before each call. */
  loadCalls: (ids: string[]) => Promise<Map<string, CallbackCall>>;
};

/** A kind of callback: the one chart, with the kind's own table. */
export function callbackActor<Input extends CallbackInput>(
  name: string,
  table: { name: string; columns: Columns<Context<Input>> },
  { postCallback, announcements, loadCalls }: CallbackParts<Input>,
): ActorType<Context<Input>, CallbackCall> {
  return {
    name,
    machine: serviceCallbackMachine,
    table,
    pools: ['callbacks', 'callbacks-retry'],
    pool: ({ attempts }) => (attempts > 1 ? 'callbacks-retry' : 'callbacks'),
    fairnessKey: ({ serviceId }) => serviceId,
    effects: { postCallback },
    announcements,
    loadPayloads: loadCalls,
  };
}
