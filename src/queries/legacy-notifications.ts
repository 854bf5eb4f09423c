import type { Actions, LegacyNotification } from '../messages.ts';
import type { NotificationQueryParts } from './get-notification.ts';
import { isRetained, NOTIFICATION_COLUMNS, NOTIFICATION_TABLES, type NotificationRow } from './notification-row.ts';
import { notificationView } from './notification-view.ts';

type Get = Actions['notifications.getLegacy'];
type List = Actions['notifications.listLegacy'];

type LegacyRow = NotificationRow & {
  templateName: string;
  sentBy: string | null;
  jobId: string | null;
  jobFileName: string | null;
  jobRowNumber: number | null;
  apiKeyId: string | null;
};

const COLUMNS = `${NOTIFICATION_COLUMNS}, t.name as "templateName", n.sent_by as "sentBy", r.job_id as "jobId",
  j.original_file_name as "jobFileName", r.job_row_number as "jobRowNumber", r.api_key_id as "apiKeyId"`;
const TABLES = `${NOTIFICATION_TABLES}
  join templates t on t.id = r.template_id
  left join jobs j on j.id = r.job_id`;

/** $1 notification, $2 service, $3 retention. */
const GET = `select ${COLUMNS} from ${TABLES} where r.id = $1 and r.service_id = $2 and ${isRetained('$3')}`;

/** $1 service, $2 retention, $3 key type, $4 types, $5 statuses, $6 with jobs, $7 days. */
const WHERE = `
where r.service_id = $1 and ${isRetained('$2')} and n.key_type = $3
  and ($4::text[] is null or n.notification_type = any($4))
  and ($5::text[] is null or split_part(n.state, '.', 1) = any($5))
  and ($6 or r.job_id is null)
  and ($7::int is null or n.created_at >= (date_trunc('day', now() at time zone 'Europe/London')
    - make_interval(days => $7)) at time zone 'Europe/London')`;

const COUNT = `select count(*)::int as total from ${NOTIFICATION_TABLES} ${WHERE}`;
const LIST = `select ${COLUMNS} from ${TABLES} ${WHERE} order by r.id desc limit $8 offset $9`;

/** One notification of a service as v1 shows it (public-api 2.12). */
export function getLegacyNotification(parts: NotificationQueryParts) {
  return async ({ serviceId, id }: Get['params']): Promise<Get['result']> => {
    const { rows } = await parts.pool.query<LegacyRow>(GET, [id, serviceId, await retention(parts, serviceId)]);
    const [row] = rows;
    return { notification: row === undefined ? null : await view(parts, row) };
  };
}

/** A numbered page of a service's notifications, newest first, and how many there are (public-api 2.12). */
export function listLegacyNotifications(parts: NotificationQueryParts) {
  return async (asked: List['params']): Promise<List['result']> => {
    const { serviceId, keyType, types, statuses, includeJobs, limitDays, page, pageSize } = asked;
    const filters = [
      serviceId,
      await retention(parts, serviceId),
      keyType,
      types.length === 0 ? null : types,
      statuses.length === 0 ? null : statuses,
      includeJobs,
      limitDays,
    ];
    const counted = await parts.pool.query<{ total: number }>(COUNT, filters);
    const { rows } = await parts.pool.query<LegacyRow>(LIST, [...filters, pageSize, (page - 1) * pageSize]);
    return {
      notifications: await Promise.all(rows.map((row) => view(parts, row))),
      total: counted.rows[0]?.total ?? 0,
    };
  };
}

async function retention({ directory }: NotificationQueryParts, serviceId: string): Promise<string> {
  const service = await directory.service(serviceId);
  return JSON.stringify(service?.retentionDays ?? {});
}

async function view(parts: NotificationQueryParts, row: LegacyRow): Promise<LegacyNotification> {
  const { id, type, status, recipient, reference, createdAt, sentAt, body, subject } = await notificationView(
    parts,
    row,
  );
  return {
    id,
    type,
    status,
    recipient,
    reference,
    createdAt,
    sentAt,
    body,
    subject,
    updatedAt: row.updatedAt,
    serviceId: row.serviceId,
    template: { id: row.templateId, version: row.templateVersion, name: row.templateName },
    sentBy: row.sentBy,
    job: row.jobId === null ? null : { id: row.jobId, fileName: row.jobFileName ?? '' },
    jobRowNumber: row.jobRowNumber,
    apiKeyId: row.apiKeyId,
    billableUnits: row.billableUnits,
    characterCount: [...body].length,
  };
}
