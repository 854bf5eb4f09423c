import type { Pool } from 'pg';
import { done, noResult, unknownUrl } from '../../admin-refusal.ts';
import type { SecretBox } from '../../crypto/secret-box.ts';
import type { Directory } from '../../db/cached-directory.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { AdminNotificationView } from '../../messages/admin-notifications.ts';
import { leastId } from '../least-id.ts';
import { isLetterRetained, isRetained } from '../notification-row.ts';
import { literal, millis } from './columns.ts';
import { londonMidnight } from './days.ts';

export type NotificationReadParts = { pool: Pool; box: SecretBox; directory: Pick<Directory, 'service'> };

/** As the view, with the personalisation sealed. */
type Row = Omit<AdminNotificationView, 'personalisation'> & { personalisation: string | null };

/** What emails, texts and letters have in common: `n` names the notification, `r` the request. */
const common = (n: string, r: string): string => `
  ${n}.id, split_part(${n}.state, '.', 1) as status, ${n}.key_type, k.name as key_name, ${r}.api_key_id as api_key,
  ${r}.service_id as service, ${r}.job_row_number, ${r}.personalisation, ${r}.client_reference, ${r}.reply_to_text,
  ${n}.billable_units, ${n}.sent_by, ${millis(`${n}.created_at`)} as created_at, ${millis(`${n}.sent_at`)} as sent_at,
  ${millis(`${n}.updated_at`)} as updated_at,
  case when j.id is not null then
    json_build_object('id', j.id, 'original_file_name', j.original_file_name)
  end as job,
  json_build_object(
    'id', v.id, 'version', v.version, 'name', v.name, 'template_type', v.template_type, 'content', v.content,
    'subject', v.subject, 'redact_personalisation', coalesce(redacted.redact_personalisation, false),
    'is_precompiled_letter', v.hidden
  ) as template,
  case when author.id is not null then
    json_build_object('id', author.id, 'name', author.name, 'email_address', author.email_address)
  end as created_by`;

const joins = (r: string): string => `
  join templates_history v on v.id = ${r}.template_id and v.version = ${r}.template_version
  left join template_redacted redacted on redacted.template_id = ${r}.template_id
  left join users author on author.id = ${r}.created_by_id
  left join api_keys k on k.id = ${r}.api_key_id
  left join jobs j on j.id = ${r}.job_id`;

/** The two queries have the same columns in the same order. */
const EMAILS_AND_TEXTS = `
select ${common('n', 'r')}, n.notification_type, r.recipient as "to", r.normalised_to, n.reference, n.international,
  r.phone_prefix, r.rate_multiplier::float8 as rate_multiplier, null::text as postage, r.document_download_count
from notification_requests r join notifications n on n.id = r.id ${joins('r')}`;

const LETTER_RECIPIENT = 'coalesce(l.address, q.recipient)';
const LETTER_NORMALISED = `lower(regexp_replace(${LETTER_RECIPIENT}, '\\s', '', 'g'))`;

const LETTERS = `
select ${common('l', 'q')}, 'letter' as notification_type, ${LETTER_RECIPIENT} as "to",
  ${LETTER_NORMALISED} as normalised_to, q.reference, l.postage in ('europe', 'rest-of-world') as international,
  null::text as phone_prefix, null::float8 as rate_multiplier, l.postage, null::int4 as document_download_count
from letter_requests q join letters l on l.id = q.id ${joins('q')}`;

/** $1 service, $2 retention, $3 notification. */
const GET = `
(${EMAILS_AND_TEXTS} where r.service_id = $1 and r.id = $3 and ${isRetained('$2')})
union all
(${LETTERS} where q.service_id = $1 and q.id = $3 and ${isLetterRetained('$2')})`;

/**
 * $1 service, $2 retention, $3 types, $4 statuses, $5 with jobs, $6 with test keys, $7 with one-offs, $8 the least id,
 * $9 and $10 patterns of recipient and reference. Ids begin with the time of creation: the indexes on (service_id, id)
 * give them in order.
 */
const filtered = (n: string, r: string, type: string, normalised: string): string => `
where ${r}.service_id = $1 and ${r}.id >= $8
  and ($3::text[] is null or ${type} = any($3))
  and ($4::text[] is null or split_part(${n}.state, '.', 1) = any($4))
  and ($5 or ${r}.job_id is null) and ($6 or ${n}.key_type <> 'test') and ($7 or ${r}.created_by_id is null)
  and ($9::text is null or ${normalised} like $9 or ${r}.client_reference ilike $10)`;

/** $11 how many to pass over, $12 how many with those at most, $13 how many are wanted. */
const LIST = `
select * from (
  (${EMAILS_AND_TEXTS} ${filtered('n', 'r', 'n.notification_type', 'r.normalised_to')} and ${isRetained('$2')}
    order by r.id desc limit $12)
  union all
  (${LETTERS} ${filtered('l', 'q', "'letter'", LETTER_NORMALISED)} and ${isLetterRetained('$2')}
    order by q.id desc limit $12)
) as page
order by id desc
offset $11 limit $13`;

/** A page of a service's notifications within retention, newest first. */
export function listNotifications(parts: NotificationReadParts): AdminAction<'serviceNotifications.list'> {
  return async ({ serviceId, filters, page, pageSize }) => {
    const { types, statuses, search, limitDays } = filters;
    const offset = (page - 1) * pageSize;
    const { rows } = await parts.pool.query<Row>(LIST, [
      serviceId,
      await retention(parts, serviceId),
      types.length === 0 ? null : types,
      statuses.length === 0 ? null : statuses,
      filters.includeJobs,
      filters.includeTestKey,
      filters.includeOneOff,
      leastId(limitDays === null ? 0 : londonMidnight(Date.now(), -limitDays)),
      search === null ? null : `%${literal(search.recipient)}%`,
      search === null ? null : `%${literal(search.reference)}%`,
      offset,
      offset + pageSize + 1,
      pageSize + 1,
    ]);
    if (rows.length === 0 && page > 1) return unknownUrl();
    return done({ notifications: rows.slice(0, pageSize).map(opened(parts.box)), hasNext: rows.length > pageSize });
  };
}

export function getNotification(parts: NotificationReadParts): AdminAction<'serviceNotifications.get'> {
  return async ({ serviceId, id }) => {
    const { rows } = await parts.pool.query<Row>(GET, [serviceId, await retention(parts, serviceId), id]);
    return rows[0] === undefined ? noResult() : done(opened(parts.box)(rows[0]));
  };
}

async function retention({ directory }: NotificationReadParts, serviceId: string): Promise<string> {
  const service = await directory.service(serviceId);
  return JSON.stringify(service?.retentionDays ?? {});
}

function opened(box: SecretBox): (row: Row) => AdminNotificationView {
  return ({ personalisation: sealed, ...row }) => {
    const isHidden = sealed === null || row.template.redact_personalisation;
    return { ...row, personalisation: isHidden ? {} : JSON.parse(box.open(sealed)) };
  };
}
