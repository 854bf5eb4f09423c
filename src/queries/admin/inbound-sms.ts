import type { Pool } from 'pg';
import { done, noResult, unknownUrl } from '../../admin-refusal.ts';
import type { SecretBox } from '../../crypto/secret-box.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { InboundSmsView } from '../../messages/admin-inbound.ts';
import { millis } from './columns.ts';
import { PAGE_SIZE } from './paging.ts';

type ReadParts = { pool: Pool; box: SecretBox };

const COLUMNS = `
  i.id, ${millis('i.created_at')} as created_at, i.service_id, i.notify_number, i.user_number, i.content`;

const TEXT = `select ${COLUMNS} from inbound_sms i where i.service_id = $1`;

/** SQL of London's midnight so many days ago. */
const since = (days: string): string =>
  `(date_trunc('day', now() at time zone 'Europe/London') - make_interval(days => ${days})) at time zone 'Europe/London'`;

/** Of the service $1. */
const RETENTION_DAYS = `coalesce((
  select days_of_retention from service_data_retention where service_id = $1 and notification_type = 'sms'
), 7)`;

/** The newest text of each sender, page by page; one more than a page tells whether there is another. */
const MOST_RECENT = `
select ${COLUMNS} from (
  select distinct on (i.user_number) i.*
  from inbound_sms i
  where i.service_id = $1 and i.created_at >= ${since(RETENTION_DAYS)}
  order by i.user_number, i.created_at desc, i.id desc
) as i
order by i.created_at desc, i.id desc
offset $2 limit ${PAGE_SIZE + 1}`;

/** Newest first, within retention. */
export function listInboundTexts({ pool, box }: ReadParts): AdminAction<'inboundTexts.list'> {
  return async ({ serviceId, userNumber }) => {
    const { rows } = await pool.query<InboundSmsView>(
      `${TEXT} and i.created_at >= ${since(RETENTION_DAYS)} and ($2::text is null or i.user_number = $2)
       order by i.created_at desc, i.id desc`,
      [serviceId, userNumber],
    );
    return done(rows.map(opened(box)));
  };
}

export function listMostRecentTexts({ pool, box }: ReadParts): AdminAction<'inboundTexts.mostRecent'> {
  return async ({ serviceId, page }) => {
    const { rows } = await pool.query<InboundSmsView>(MOST_RECENT, [serviceId, (page - 1) * PAGE_SIZE]);
    if (rows.length === 0 && page > 1) return unknownUrl();
    return done({ texts: rows.slice(0, PAGE_SIZE).map(opened(box)), hasNext: rows.length > PAGE_SIZE });
  };
}

/** How many in seven days, and when the last of all came. */
export function summariseInboundTexts({ pool }: ReadParts): AdminAction<'inboundTexts.summary'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<{ count: number; mostRecent: number | null }>(
      `select count(*) filter (where created_at >= ${since('7')})::int as count,
         ${millis('max(created_at)')} as "mostRecent"
       from inbound_sms where service_id = $1`,
      [serviceId],
    );
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}

export function getInboundText({ pool, box }: ReadParts): AdminAction<'inboundTexts.get'> {
  return async ({ serviceId, id }) => {
    const { rows } = await pool.query<InboundSmsView>(`${TEXT} and i.id = $2`, [serviceId, id]);
    return rows[0] === undefined ? noResult() : done(opened(box)(rows[0]));
  };
}

/** Contents are stored sealed. */
function opened(box: SecretBox): (text: InboundSmsView) => InboundSmsView {
  return (text) => ({ ...text, content: box.open(text.content) });
}
