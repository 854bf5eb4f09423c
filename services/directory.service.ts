import type { Context, ServiceSchema } from 'moleculer';

/** What an administrator changed; `serviceIds` are those whose records are out of date. */
export type DirectoryChange = { serviceIds: readonly string[] };

export const DIRECTORY_CHANGED = 'directory.changed';

/** The actor that has this process forget what it keeps of a service, when someone has changed it elsewhere. */
export function directoryService({ forget }: { forget(serviceId: string): void }): ServiceSchema {
  return {
    name: 'directory',
    events: {
      [DIRECTORY_CHANGED]: {
        handler: ({ params }: Context<DirectoryChange>) => {
          for (const serviceId of params.serviceIds) forget(serviceId);
        },
      },
    },
  };
}
