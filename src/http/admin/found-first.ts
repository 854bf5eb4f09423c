import type { AdminResult } from '../../admin-refusal.ts';
import type { HttpRequest } from '../request.ts';
import type { AdminParts } from './handler.ts';
import { pathPart } from './path.ts';
import type { Read } from './read.ts';

/** Looks for what a path names; its refusal is the answer where there is nothing. */
export type Find = (request: HttpRequest) => Promise<AdminResult<unknown>>;

/**
 * Callers hear that what the path names is unknown before they hear what is wrong with the body, where the contract's
 * order of errors says so. Who sends a right body pays nothing for it: its action looks for itself.
 */
export function foundFirst<Input>(find: Find, read: Read<Input>): Read<Input> {
  return async (request) => {
    const input = await read(request);
    if (input.outcome === 'passed') return input;
    const found = await find(request);
    return found.outcome === 'refused' ? found : input;
  };
}

/** The user of the path. */
export function findUser({ call }: AdminParts): Find {
  return (request) => call('users.get', { userId: pathPart(request, 'user_id') });
}

/** The service of the path. */
export function findService({ call }: AdminParts): Find {
  return (request) => call('services.get', { serviceId: pathPart(request, 'service_id') });
}
