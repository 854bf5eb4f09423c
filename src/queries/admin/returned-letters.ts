import type { Pool } from 'pg';
import { done } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ReturnedLetterCount, ReturnedLetterView } from '../../messages/admin-returned-letters.ts';
import { millis } from './columns.ts';

const DATE = `to_char(reported_at, 'YYYY-MM-DD')`;
/** A date; reports after it are recent. */
const WEEK_AGO = `(now() at time zone 'Europe/London')::date - 7`;

/** $1 service, $2 date. The letters may be gone. */
const LIST = `
select b.notification_id, ${DATE} as reported_at, ${millis('coalesce(l.created_at, b.created_at)')} as created_at,
  case when q.api_key_id is not null then q.client_reference end as client_reference,
  case when not v.hidden then v.name end as template_name, case when not v.hidden then v.id end as template_id,
  case when not v.hidden then v.version end as template_version,
  coalesce(author.name, 'API') as user_name, coalesce(author.email_address, 'API') as email_address,
  j.original_file_name, q.job_row_number + 1 as job_row_number,
  case when v.hidden and q.api_key_id is null then q.client_reference end as uploaded_letter_file_name
from returned_letters b
left join letter_requests q on q.id = b.notification_id
left join letters l on l.id = q.id
left join templates_history v on v.id = q.template_id and v.version = q.template_version
left join users author on author.id = q.created_by_id
left join jobs j on j.id = q.job_id
where b.service_id = $1 and b.reported_at = $2::date
order by created_at desc, b.notification_id`;

/** How many came back lately, and when the last of all did. */
export function countReturnedLetters(pool: Pool): AdminAction<'returnedLetters.statistics'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<{ count: number; mostRecent: string | null }>(
      `select count(*) filter (where reported_at > ${WEEK_AGO})::int as count,
         to_char(max(reported_at), 'YYYY-MM-DD') as "mostRecent"
       from returned_letters where service_id = $1`,
      [serviceId],
    );
    return done(rows[0] ?? { count: 0, mostRecent: null });
  };
}

/** How many came back each day, newest first. */
export function summariseReturnedLetters(pool: Pool): AdminAction<'returnedLetters.summary'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<ReturnedLetterCount>(
      `select count(*)::int as returned_letter_count, ${DATE} as reported_at
       from returned_letters where service_id = $1 group by returned_letters.reported_at
       order by returned_letters.reported_at desc`,
      [serviceId],
    );
    return done(rows);
  };
}

/** Those of one day, newest first. */
export function listReturnedLetters(pool: Pool): AdminAction<'returnedLetters.list'> {
  return async ({ serviceId, reportedAt }) =>
    done((await pool.query<ReturnedLetterView>(LIST, [serviceId, reportedAt])).rows);
}
