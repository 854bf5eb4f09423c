import type { CallingOptions, ServiceBroker } from 'moleculer';
import type { Actions, CallOf } from './messages.ts';

/** Milliseconds: under the server's own 30 s, so that a lost answer shows as a time-out of the call. */
const TIMEOUT_MS = 25_000;

/** A call that is repeated by whoever asked, not by the bus: a repeated send would be a second message. */
const ONCE: CallingOptions = { timeout: TIMEOUT_MS, retries: 0 };

/** The bus as the HTTP side sees it: every action by name, with its own params and result. */
export function typedCall<Map = Actions>(broker: Pick<ServiceBroker, 'call'>): CallOf<Map> {
  return (action, params) => broker.call(action, params, ONCE);
}

/** What a service needs to offer an action of the map. */
export type ActionHandler<Name extends keyof Actions> = (
  params: Actions[Name]['params'],
) => Promise<Actions[Name]['result']>;
