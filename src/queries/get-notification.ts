import type { Pool } from 'pg';
import type { Directory } from '../db/cached-directory.ts';
import type { Actions } from '../messages.ts';
import { noResultFound } from '../refusal.ts';
import {
  isLetterRetained,
  isRetained,
  LETTER_COLUMNS,
  LETTER_TABLES,
  NOTIFICATION_COLUMNS,
  NOTIFICATION_TABLES,
  type NotificationRow,
} from './notification-row.ts';
import { notificationView, type ViewParts } from './notification-view.ts';

type Get = Actions['notifications.get'];
export type GetNotification = (request: Get['params']) => Promise<Get['result']>;

export type NotificationQueryParts = ViewParts & { pool: Pool; directory: Pick<Directory, 'service' | 'template'> };

/** $1 notification, $2 service, $3 retention. Reads primary keys. */
const GET_NOTIFICATION = `
select ${NOTIFICATION_COLUMNS} from ${NOTIFICATION_TABLES}
where r.id = $1 and r.service_id = $2 and ${isRetained('$3')}
union all
select ${LETTER_COLUMNS} from ${LETTER_TABLES}
where q.id = $1 and q.service_id = $2 and ${isLetterRetained('$3')}`;

/** One notification of a service, whatever the key type, within retention (public-api 2.5). */
export function getNotification(parts: NotificationQueryParts): GetNotification {
  return async ({ serviceId, id }) => {
    const service = await parts.directory.service(serviceId);
    const { rows } = await parts.pool.query<NotificationRow>({
      name: 'get_notification',
      text: GET_NOTIFICATION,
      values: [id, serviceId, JSON.stringify(service?.retentionDays ?? {})],
    });
    const [row] = rows;
    return row === undefined ? noResultFound() : { outcome: 'found', notification: await notificationView(parts, row) };
  };
}
