import type { Pool } from 'pg';
import type { NotificationRequest } from '../actors/notification.ts';

const LOAD = `
select id, service_id as "serviceId", template_id as "templateId", template_version as "templateVersion",
  api_key_id as "apiKeyId", created_by_id as "createdById", job_id as "jobId", job_row_number as "jobRowNumber",
  recipient, normalised_to as "normalisedTo", client_reference as "clientReference", personalisation,
  phone_prefix as "phonePrefix", rate_multiplier as "rateMultiplier", reply_to_text as "replyToText",
  document_download_count as "documentDownloadCount", one_click_unsubscribe_url as "oneClickUnsubscribeUrl",
  request_id as "requestId"
from notification_requests where id = any($1::uuid[])`;

/** What was asked for, by notification id. Ids that are not there are left out. */
export async function loadNotificationRequests(pool: Pool, ids: string[]): Promise<Map<string, NotificationRequest>> {
  const { rows } = await pool.query<NotificationRequest & { id: string }>({
    name: 'load notification requests',
    text: LOAD,
    values: [ids],
  });
  return new Map(rows.map(({ id, ...request }) => [id, request]));
}
