import type { ServiceSchema } from 'moleculer';
import type { CountLiveServices, ReadStatus } from '../src/queries/status.ts';

type Deps = { read: ReadStatus; countLive: CountLiveServices };

/** The actor that answers monitors. */
export function statusService({ read, countLive }: Deps): ServiceSchema {
  return {
    name: 'status',
    actions: { read: { handler: () => read() }, countLive: { handler: () => countLive() } },
  };
}
