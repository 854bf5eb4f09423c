import type { Context, ServiceSchema } from 'moleculer';
import { owedEvent } from '../src/cluster.ts';
import type { Hint } from '../src/runtime/dispatch.ts';

type Deps = {
  /** The pools whose effects this process runs. */
  pools: readonly string[];
  receive(hint: Hint): void;
};

/**
 * The actor that runs effects for other nodes: one of its kind gets each hint, and drops those that it has no room for
 * or that come too late. Three of them exist: `delivery` hands messages to providers, `letters` makes and prints letters,
 * `callbacks` tells services.
 */
export function effectsService(name: 'delivery' | 'letters' | 'callbacks', { pools, receive }: Deps): ServiceSchema {
  return {
    name,
    events: Object.fromEntries(
      pools.map((pool) => [owedEvent(pool), { group: name, handler: (ctx: Context<Hint>) => receive(ctx.params) }]),
    ),
  };
}
