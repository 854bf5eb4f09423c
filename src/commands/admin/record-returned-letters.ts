import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { done } from '../../admin-refusal.ts';
import { isoDate, toLondonTime } from '../../content/london-time.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { StartCallback } from '../start-callback.ts';
import { type ReturnedLetterFacts, tellOfReturnedLetter } from '../tell-of-returned-letter.ts';

export type ReturnedLetterParts = {
  pool: Pool;
  /** Tells the letter that it came back; resolves when the step is durable. One that cannot have come back ignores it. */
  returnLetter(id: string): Promise<unknown>;
  startCallback: StartCallback;
  /** Milliseconds since the epoch. */
  now(): number;
};

/** What is stored of a letter that its service is told of. */
type Letter = Omit<ReturnedLetterFacts, 'notificationId' | 'reportedAt' | 'requestId'> & { id: string };

/** $1 references. */
const FIND = `
select l.id, l.service_id as "serviceId", l.created_at as "createdAt",
  case when q.api_key_id is not null then q.client_reference end as reference, author.email_address as "sentBy",
  case when not v.hidden then json_build_object('id', v.id, 'name', v.name, 'version', v.version) end as template,
  case when j.id is not null then
    json_build_object('fileName', j.original_file_name, 'rowNumber', q.job_row_number)
  end as spreadsheet,
  case when v.hidden and q.api_key_id is null then q.client_reference end as "uploadFileName"
from letter_requests q
join letters l on l.id = q.id
join templates_history v on v.id = q.template_id and v.version = q.template_version
left join users author on author.id = q.created_by_id
left join jobs j on j.id = q.job_id
where q.reference = any($1)`;

/** $1 new id, $2 London's date, $3 service, $4 letter. Answers when the letter was reported first. */
const REPORT = `
insert into returned_letters (id, reported_at, service_id, notification_id) values ($1, $2, $3, $4)
on conflict (notification_id) do update set reported_at = excluded.reported_at, updated_at = now()
returning created_at as "reportedAt"`;

/**
 * Records letters that the post brought back: status, report and callback (internal-api 6.16). Repeating it does the
 * rest of what was interrupted, and nothing twice.
 */
export function recordReturnedLetters(parts: ReturnedLetterParts): AdminAction<'returnedLetters.record'> {
  const tell = tellOfReturnedLetter(parts.startCallback);
  return async ({ references, requestId }) => {
    const { rows: letters } = await parts.pool.query<Letter>(FIND, [references]);
    for (const { id, ...letter } of letters) {
      const reportedAt = await report(parts, id, letter.serviceId);
      await parts.returnLetter(id);
      await tell({ ...letter, notificationId: id, reportedAt, requestId });
    }
    return done(references);
  };
}

async function report({ pool, now }: ReturnedLetterParts, id: string, serviceId: string): Promise<Date> {
  const today = isoDate(toLondonTime(new Date(now())));
  const { rows } = await pool.query<{ reportedAt: Date }>(REPORT, [randomUUID(), today, serviceId, id]);
  const [stored] = rows;
  if (stored === undefined) throw new Error(`The return of letter ${id} was not stored`);
  return stored.reportedAt;
}
