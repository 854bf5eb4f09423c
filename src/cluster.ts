import type { ServiceBroker } from 'moleculer';
import type { Dispatch, Hint } from './runtime/dispatch.ts';

/** The event by which owed effects of a pool travel to the nodes that run them. */
export function owedEvent(pool: string): string {
  return `effect.owed.${pool}`;
}

/** Hints over Moleculer's balanced events: one node that runs the pool gets each. Lost hints cost delay only. */
export function brokerDispatch(broker: ServiceBroker): Dispatch {
  return {
    reaches: (_type, pool) => broker.hasEventListener(owedEvent(pool)),
    send: (hint: Hint) => {
      broker.emit(owedEvent(hint.row.pool), hint).catch((error: unknown) => {
        broker.logger.warn({ err: error, pool: hint.row.pool }, 'A hint was not sent; the row’s deadline finds it');
      });
    },
  };
}
