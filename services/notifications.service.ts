import type { Context, ServiceSchema } from 'moleculer';
import type { Actions } from '../src/messages.ts';
import type { ActionHandler } from '../src/moleculer.ts';

type Deps = {
  sendSms: ActionHandler<'notifications.sendSms'>;
  sendEmail: ActionHandler<'notifications.sendEmail'>;
  get: ActionHandler<'notifications.get'>;
  list: ActionHandler<'notifications.list'>;
};

type Params<Name extends keyof Actions> = Context<Actions[Name]['params']>;

/** The actor that takes messages and shows them. Callers have authenticated the service and checked the body. */
export function notificationsService({ sendSms, sendEmail, get, list }: Deps): ServiceSchema {
  return {
    name: 'notifications',
    actions: {
      /** Durable when it answers; sending happens later. Not to be repeated: it would send again. */
      sendSms: { handler: ({ params }: Params<'notifications.sendSms'>) => sendSms(params) },
      sendEmail: { handler: ({ params }: Params<'notifications.sendEmail'>) => sendEmail(params) },
      get: { handler: ({ params }: Params<'notifications.get'>) => get(params) },
      list: { handler: ({ params }: Params<'notifications.list'>) => list(params) },
    },
  };
}
