import type { Context, ServiceSchema } from 'moleculer';
import type { AdminHandlers, AdminSubject } from '../src/messages/admin.ts';

/**
 * The actor for one subject of administration: users, services, members, … Callers are inside the system and have
 * checked the body; who may do what is their business (internal-api 1).
 */
export function administrationService<Subject extends AdminSubject>(
  subject: Subject,
  handlers: AdminHandlers<Subject>,
): ServiceSchema {
  const actions: [string, (params: never) => Promise<object>][] = Object.entries(handlers);
  return {
    name: subject,
    // Entries of a mapped type have lost which params are whose; callers' types have not.
    actions: Object.fromEntries(
      actions.map(([verb, handle]) => [verb, { handler: ({ params }: Context) => handle(params as never) }]),
    ),
  };
}
