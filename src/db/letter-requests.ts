import type { Pool } from 'pg';
import type { LetterRequest } from '../actors/letter.ts';

const LOAD = `
select id, service_id as "serviceId", template_id as "templateId", template_version as "templateVersion",
  api_key_id as "apiKeyId", created_by_id as "createdById", job_id as "jobId", job_row_number as "jobRowNumber",
  reference, recipient, client_reference as "clientReference", personalisation, reply_to_text as "replyToText",
  requested_postage as "requestedPostage", request_id as "requestId"
from letter_requests where id = any($1::uuid[])`;

/** What was asked for, by letter id. Ids that are not there are left out. */
export async function loadLetterRequests(pool: Pool, ids: string[]): Promise<Map<string, LetterRequest>> {
  const { rows } = await pool.query<LetterRequest & { id: string }>({
    name: 'load letter requests',
    text: LOAD,
    values: [ids],
  });
  return new Map(rows.map(({ id, ...request }) => [id, request]));
}
