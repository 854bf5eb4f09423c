import type { Context, ServiceSchema } from 'moleculer';
import type { Actions } from '../src/messages.ts';
import type { ActionHandler } from '../src/moleculer.ts';

type Deps = {
  get: ActionHandler<'templates.get'>;
  list: ActionHandler<'templates.list'>;
  preview: ActionHandler<'templates.preview'>;
};

type Params<Name extends keyof Actions> = Context<Actions[Name]['params']>;

/** The actor that shows templates. */
export function templatesService({ get, list, preview }: Deps): ServiceSchema {
  return {
    name: 'templates',
    actions: {
      get: { handler: ({ params }: Params<'templates.get'>) => get(params) },
      list: { handler: ({ params }: Params<'templates.list'>) => list(params) },
      preview: { handler: ({ params }: Params<'templates.preview'>) => preview(params) },
    },
  };
}
