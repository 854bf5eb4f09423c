import type { Pool } from 'pg';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { Actions, ReceivedTextView } from '../messages.ts';

type List = Actions['inbound.listTexts'];
export type ListReceivedTexts = (request: List['params']) => Promise<List['result']>;

export type ReceivedTextParts = { pool: Pool; box: SecretBox; directory: Pick<Directory, 'service'> };

/** Texts a page. Source: public-api 2.10. */
const PAGE_SIZE = 250;
const DEFAULT_RETENTION_DAYS = 7;

/**
 * $1 service, $2 days of retention, $3 older than. Texts of one moment are told apart by their ids, so that no page
 * loses one. Uses the index on (service_id, created_at).
 */
const LIST = `
select id, created_at as "createdAt", service_id as "serviceId", notify_number as "notifyNumber",
  user_number as "userNumber", content
from inbound_sms
where service_id = $1
  and created_at >= (date_trunc('day', now() at time zone 'Europe/London') - make_interval(days => $2))
    at time zone 'Europe/London'
  and ($3::uuid is null
    or (created_at, id) < (select created_at, id from inbound_sms where id = $3 and service_id = $1))
order by created_at desc, id desc
limit ${PAGE_SIZE}`;

type Stored = Omit<ReceivedTextView, 'createdAt'> & { createdAt: Date };

/** A page of the texts that a service received, newest first, within retention (public-api 2.10). */
export function listReceivedTexts({ pool, box, directory }: ReceivedTextParts): ListReceivedTexts {
  return async ({ serviceId, olderThan }) => {
    const service = await directory.service(serviceId);
    const days = service?.retentionDays.sms ?? DEFAULT_RETENTION_DAYS;
    const { rows } = await pool.query<Stored>(LIST, [serviceId, days, olderThan]);
    return {
      texts: rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime(), content: box.open(row.content) })),
    };
  };
}
