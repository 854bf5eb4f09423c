import type { Context, ServiceSchema } from 'moleculer';
import type { Actions } from '../src/messages.ts';
import type { ActionHandler } from '../src/moleculer.ts';

type Deps = {
  sendSms: ActionHandler<'notifications.sendSms'>;
  sendEmail: ActionHandler<'notifications.sendEmail'>;
  sendLetter: ActionHandler<'notifications.sendLetter'>;
  sendPrecompiledLetter: ActionHandler<'notifications.sendPrecompiledLetter'>;
  get: ActionHandler<'notifications.get'>;
  getPdf: ActionHandler<'notifications.getPdf'>;
  list: ActionHandler<'notifications.list'>;
  getLegacy: ActionHandler<'notifications.getLegacy'>;
  listLegacy: ActionHandler<'notifications.listLegacy'>;
  unsubscribe: ActionHandler<'notifications.unsubscribe'>;
};

type Params<Name extends keyof Actions> = Context<Actions[Name]['params']>;

/** The actor that takes messages and shows them. Callers have authenticated the service and checked the body. */
export function notificationsService(deps: Deps): ServiceSchema {
  const { sendSms, sendEmail, sendLetter, sendPrecompiledLetter, get, getPdf, list, unsubscribe } = deps;
  const { getLegacy, listLegacy } = deps;
  return {
    name: 'notifications',
    actions: {
      /** Durable when it answers; sending happens later. Not to be repeated: it would send again. */
      sendSms: { handler: ({ params }: Params<'notifications.sendSms'>) => sendSms(params) },
      sendEmail: { handler: ({ params }: Params<'notifications.sendEmail'>) => sendEmail(params) },
      sendLetter: { handler: ({ params }: Params<'notifications.sendLetter'>) => sendLetter(params) },
      sendPrecompiledLetter: {
        handler: ({ params }: Params<'notifications.sendPrecompiledLetter'>) => sendPrecompiledLetter(params),
      },
      get: { handler: ({ params }: Params<'notifications.get'>) => get(params) },
      getPdf: { handler: ({ params }: Params<'notifications.getPdf'>) => getPdf(params) },
      list: { handler: ({ params }: Params<'notifications.list'>) => list(params) },
      getLegacy: { handler: ({ params }: Params<'notifications.getLegacy'>) => getLegacy(params) },
      listLegacy: { handler: ({ params }: Params<'notifications.listLegacy'>) => listLegacy(params) },
      /** Keeps a recipient's wish. Safe to repeat. */
      unsubscribe: { handler: ({ params }: Params<'notifications.unsubscribe'>) => unsubscribe(params) },
    },
  };
}
