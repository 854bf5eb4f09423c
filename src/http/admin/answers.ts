import type { AdminRefused } from '../../admin-refusal.ts';
import type { Refused } from '../../refusal.ts';
import { refusalAnswer } from '../error-response.ts';
import { type Answer, type BareJson, ok } from '../route.ts';

/** The three error bodies of internal-api 3.1: schema failures are of the public API's shape. */
export function adminRefusalAnswer(refused: AdminRefused | Refused): Answer {
  if ('errors' in refused) return refusalAnswer(refused);
  return { status: refused.status, body: { result: 'error', message: refused.message } };
}

/** 200 with the value under `data`. */
export function dataAnswer(value: unknown): Answer {
  return ok({ data: value });
}

/** 201 with the value under `data`. */
export function createdAnswer(value: unknown): Answer {
  return { status: 201, body: { data: value } };
}

export function noContent(): Answer {
  return { status: 204, body: null };
}

/** 200 with JSON that is no object. */
export function bareAnswer(bare: BareJson): Answer {
  return { status: 200, body: null, bare };
}
