import type { AdminResult } from '../../admin-refusal.ts';
import type { AdminActions } from '../../messages/admin.ts';
import type { CallOf } from '../../messages.ts';
import type { HttpRequest } from '../request.ts';
import type { Answer, OpenHandler } from '../route.ts';
import { adminRefusalAnswer } from './answers.ts';
import type { Read } from './read.ts';

/** What the routes of the internal API need. */
export type AdminParts = { call: CallOf<AdminActions> };

/** A route of the internal API: takes what it needs from the request, calls an action, spells its answer. */
export function adminHandler<Input, Value>(
  read: Read<Input>,
  call: (input: Input, request: HttpRequest) => Promise<AdminResult<Value>>,
  answer: (value: Value) => Answer,
): OpenHandler {
  return async (request) => {
    const input = await read(request);
    if (input.outcome === 'refused') return adminRefusalAnswer(input);
    const result = await call(input.value, request);
    return result.outcome === 'refused' ? adminRefusalAnswer(result) : answer(result.value);
  };
}
