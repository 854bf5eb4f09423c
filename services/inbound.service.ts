import type { Context, ServiceSchema } from 'moleculer';
import type { Actions } from '../src/messages.ts';
import type { ActionHandler } from '../src/moleculer.ts';

type Deps = {
  recordSms: ActionHandler<'inbound.recordSms'>;
  listTexts: ActionHandler<'inbound.listTexts'>;
};

type Params<Name extends keyof Actions> = Context<Actions[Name]['params']>;

/** The actor that takes the texts that people send to services, and shows them. */
export function inboundService({ recordSms, listTexts }: Deps): ServiceSchema {
  return {
    name: 'inbound',
    actions: {
      /** Durable when it answers. Safe to repeat: the same text is stored once. */
      recordSms: { handler: ({ params }: Params<'inbound.recordSms'>) => recordSms(params) },
      listTexts: { handler: ({ params }: Params<'inbound.listTexts'>) => listTexts(params) },
    },
  };
}
