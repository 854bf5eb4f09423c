import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Actions, NotificationView } from '../messages.ts';
import type { NotificationQueryParts } from './get-notification.ts';
import {
  isLetterRetained,
  isRetained,
  LETTER_COLUMNS,
  LETTER_TABLES,
  NOTIFICATION_COLUMNS,
  NOTIFICATION_TABLES,
  type NotificationRow,
} from './notification-row.ts';
import { notificationView } from './notification-view.ts';

type List = Actions['notifications.list'];
export type ListNotifications = (request: List['params']) => Promise<List['result']>;

/** Notifications a page. Source: public-api 2.6. */
const PAGE_SIZE = 250;
const VIEWS_A_TURN = 10;

/** Emails and texts; the parameters are those of `LIST_NOTIFICATIONS`. */
const EMAILS_AND_TEXTS = `
select ${NOTIFICATION_COLUMNS} from ${NOTIFICATION_TABLES}
where r.service_id = $1 and ${isRetained('$2')} and n.key_type = $3
  and ($4::text[] is null or n.notification_type = any($4))
  and ($5::text[] is null or split_part(n.state, '.', 1) = any($5))
  and ($6::text is null or r.client_reference = $6)
  and ($7::uuid is null or r.id < (select id from newer))
  and ($8 or r.job_id is null)
order by r.id desc
limit ${PAGE_SIZE}`;

const LETTERS = `
select ${LETTER_COLUMNS} from ${LETTER_TABLES}
where q.service_id = $1 and ${isLetterRetained('$2')} and l.key_type = $3
  and ($4::text[] is null or 'letter' = any($4))
  and ($5::text[] is null or split_part(l.state, '.', 1) = any($5))
  and ($6::text is null or q.client_reference = $6)
  and ($7::uuid is null or q.id < (select id from newer))
  and ($8 or q.job_id is null)
order by q.id desc
limit ${PAGE_SIZE}`;

/**
 * $1 service, $2 retention, $3 key type, $4 types, $5 statuses, $6 client's reference, $7 older than, $8 with jobs.
 * Ids begin with the time of creation, so their order is that of `created_at` and goes through the indexes on
 * (service_id, id); unlike the times they are all different, so no page loses one.
 */
const LIST_NOTIFICATIONS = `
with newer as (
  select id from notification_requests where id = $7 and service_id = $1
  union all select id from letter_requests where id = $7 and service_id = $1)
select * from ((${EMAILS_AND_TEXTS}) union all (${LETTERS})) page
order by id desc
limit ${PAGE_SIZE}`;

/** A page of a service's notifications, newest first (public-api 2.6). */
export function listNotifications(parts: NotificationQueryParts): ListNotifications {
  return async ({ serviceId, keyType, types, statuses, reference, olderThan, includeJobs }) => {
    const service = await parts.directory.service(serviceId);
    const { rows } = await parts.pool.query<NotificationRow>(LIST_NOTIFICATIONS, [
      serviceId,
      JSON.stringify(service?.retentionDays ?? {}),
      keyType,
      types.length === 0 ? null : types,
      statuses.length === 0 ? null : statuses,
      reference,
      olderThan,
      includeJobs,
    ]);
    return { notifications: await viewsOf(parts, rows) };
  };
}

/** Few at once: emails of megabytes are rendered again, and whoever else waits for this process has a turn in between. */
async function viewsOf(parts: NotificationQueryParts, rows: readonly NotificationRow[]): Promise<NotificationView[]> {
  const views: NotificationView[] = [];
  for (let at = 0; at < rows.length; at += VIEWS_A_TURN) {
    if (at > 0) await nextTurn();
    views.push(...(await Promise.all(rows.slice(at, at + VIEWS_A_TURN).map((row) => notificationView(parts, row)))));
  }
  return views;
}
