import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { checkUrlToken, type UrlTokenSecrets } from '../content/url-tokens.ts';
import type { Actions } from '../messages.ts';

type Unsubscribe = Actions['notifications.unsubscribe'];
export type RecordUnsubscribeRequest = (request: Unsubscribe['params']) => Promise<Unsubscribe['result']>;

export type RecordUnsubscribeParts = { pool: Pool; secrets: UrlTokenSecrets };

/** A link works for a year. Source: public-api 2.13. */
const MAX_AGE_MS = 365 * 86_400_000;

/** $1 id, $2 notification, $3 address. A request that nobody has dealt with yet stays as it is. */
const INSERT = `
with about as (
    select service_id, template_id, template_version from notification_requests where id = $2),
  made as (
    insert into unsubscribe_request (id, notification_id, template_id, template_version, service_id, email_address)
    select $1, $2, template_id, template_version, service_id, $3 from about
    on conflict (notification_id) where unsubscribe_request_report_id is null do nothing)
select service_id as "serviceId" from about`;

/** Keeps a recipient's wish to get no more such emails, for the service to act on (public-api 2.13). Safe to repeat. */
export function recordUnsubscribeRequest({ pool, secrets }: RecordUnsubscribeParts): RecordUnsubscribeRequest {
  return async ({ notificationId, token }) => {
    const checked = checkUrlToken(token, secrets, MAX_AGE_MS);
    if (checked.outcome !== 'valid') return { outcome: 'invalid-token' };
    const { rowCount } = await pool.query(INSERT, [randomUUID(), notificationId, checked.text]);
    return { outcome: rowCount ? 'recorded' : 'unknown-notification' };
  };
}
