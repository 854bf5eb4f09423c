import { type AdminRefused, plainRefusal } from '../../../admin-refusal.ts';
import type { ReturnedLetterView } from '../../../messages/admin-returned-letters.ts';
import { type Checked, passed } from '../../../refusal.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { checkDocument, readJson } from '../../json-document.ts';
import type { HttpRequest } from '../../request.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { pathPart } from '../path.ts';
import type { Paths } from '../paths.ts';
import { nothing } from '../read.ts';
import { spacedTime } from '../times.ts';

type References = { references: string[] };

/** Its errors are of the public API's shape (internal-api 6.16). */
export const RETURNED_LETTERS = '/letters/returned';

const validate = compileSchema({
  type: 'object',
  properties: { references: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[0-9A-Z]{16}$' } } },
  required: ['references'],
});
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Letters that came back (internal-api 6.16). */
export function returnedLetterRoutes(parts: AdminParts): Paths {
  return {
    [RETURNED_LETTERS]: { POST: recordReturnedLetters(parts) },
    '/service/{service_id}/returned-letter-statistics': { GET: getStatistics(parts) },
    '/service/{service_id}/returned-letter-summary': { GET: getSummary(parts) },
    '/service/{service_id}/returned-letters': { GET: listReturnedLetters(parts) },
  };
}

function recordReturnedLetters({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readReferences,
    ({ references }, { trace }) => call('returnedLetters.record', { references, requestId: trace.traceId }),
    (references) => ok({ references }),
  );
}

function getStatistics({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('returnedLetters.statistics', inService(request)),
    ({ count, mostRecent }) =>
      ok({
        returned_letter_count: count,
        most_recent_report: mostRecent === null ? null : spacedTime(Date.parse(mostRecent)),
      }),
  );
}

function getSummary({ call }: AdminParts): OpenHandler {
  return adminHandler(nothing, (_, request) => call('returnedLetters.summary', inService(request)), ok);
}

function listReturnedLetters({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readDate,
    (reportedAt, request) => call('returnedLetters.list', { ...inService(request), reportedAt }),
    (letters) => ok(letters.map(letterJson)),
  );
}

const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });

async function readReferences(request: HttpRequest): Promise<Checked<References>> {
  const body = await readJson(request);
  return body.outcome === 'refused' ? body : checkDocument<References>(body.value, validate);
}

async function readDate({ query }: HttpRequest): Promise<Checked<string> | AdminRefused> {
  const date = query.get('reported_at') ?? '';
  if (DATE.test(date) && new Date(date).toJSON()?.startsWith(date)) return passed(date);
  return plainRefusal(400, 'reported_at must be a date in the format: YYYY-MM-DD');
}

function letterJson(letter: ReturnedLetterView): object {
  return { ...letter, created_at: spacedTime(letter.created_at) };
}
