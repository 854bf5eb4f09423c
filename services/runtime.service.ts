import type { Context, ServiceSchema } from 'moleculer';
import type { ActorEvent, Sent } from '../src/runtime/runtime.ts';

type Deps = {
  /** Joins the nodes and begins to claim due rows. */
  start(): Promise<void>;
  /** Stops claiming, lets running effects finish, gives the rest back. */
  stop(): Promise<void>;
  send(actor: string, id: string, event: ActorEvent): Promise<Sent>;
  load(): Record<string, { running: number; queued: number }>;
};

/** The actor behind all actors: it wakes rows whose deadline has passed, and takes operators' events. */
export function runtimeService({ start, stop, send, load }: Deps): ServiceSchema {
  return {
    name: 'runtime',
    actions: {
      /** Gives an event to one actor; answers what became of it. Refused events change nothing. */
      send: {
        params: { actor: 'string', id: 'uuid', event: { type: 'object', props: { type: 'string' } } },
        handler: ({ params }: Context<{ actor: string; id: string; event: ActorEvent }>) =>
          send(params.actor, params.id, params.event),
      },
      /** What runs and waits in each pool of this node. */
      load: { handler: () => load() },
    },
    started: start,
    stopped: stop,
  };
}
