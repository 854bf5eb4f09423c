import type { Pool } from 'pg';
import type { CallbackCall, CallbackSubject } from '../actors/callback.ts';
import type { ServiceCallbackType } from '../actors/service-callback.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import { wireTime } from '../wire-time.ts';

type StoredCall = {
  id: string;
  service_id: string;
  callback_type: ServiceCallbackType;
  body: string | null;
  request_id: string;
  url: string | null;
  sealed_token: string | null;
  inbound_sms_id: string | null;
  user_number: string;
  notify_number: string;
  content: string;
  received_at: Date;
};

/** The setting is the version that is kept with the callback; for received texts, the present one. */
const LOAD = `
select c.id, c.service_id, c.callback_type, c.body, c.request_id, coalesce(h.url, a.url) as url,
  coalesce(h.bearer_token, a.bearer_token) as sealed_token, t.id as inbound_sms_id, t.user_number, t.notify_number,
  t.content, coalesce(t.provider_date, t.created_at) as received_at
from service_callbacks c
left join service_callback_api_history h on h.id = c.callback_api_id and h.version = c.callback_api_version
left join service_callback_api a
  on c.callback_api_id is null and a.service_id = c.service_id and a.callback_type = c.callback_type
left join inbound_sms t on c.callback_type = 'inbound_sms' and t.id = c.subject_id
where c.id = any($1::uuid[])`;

/** What each callback of the rarer kinds posts, and where, by callback id. Source: public-api 6. */
export async function loadServiceCallbackCalls(
  pool: Pool,
  box: SecretBox,
  ids: string[],
): Promise<Map<string, CallbackCall>> {
  const { rows } = await pool.query<StoredCall>({ name: 'load service callback calls', text: LOAD, values: [ids] });
  return new Map(rows.map((row) => [row.id, callOf(row, box)]));
}

function callOf(row: StoredCall, box: SecretBox): CallbackCall {
  const told = row.callback_type === 'inbound_sms' ? receivedText(row, box) : frozen(row.callback_type, row, box);
  if (told === null || row.url === null || row.sealed_token === null) return { isWanted: false };
  return { isWanted: true, url: row.url, bearerToken: box.open(row.sealed_token), requestId: row.request_id, ...told };
}

type Told = { body: object; subject: CallbackSubject };

/** Null once the text is gone, past its retention. */
function receivedText(row: StoredCall, box: SecretBox): Told | null {
  const { inbound_sms_id: id, service_id: serviceId } = row;
  if (id === null) return null;
  const body = {
    id,
    source_number: row.user_number,
    destination_number: row.notify_number,
    message: box.open(row.content),
    date_received: wireTime(row.received_at),
  };
  return { body, subject: { task: 'send_inbound_sms_to_service', serviceId, inboundSmsId: id } };
}

const TASKS = {
  complaint: 'send_complaint_to_service',
  returned_letter: 'send_returned_letter_to_service',
} as const;

function frozen(type: keyof typeof TASKS, { body: sealed }: StoredCall, box: SecretBox): Told | null {
  if (sealed === null) return null;
  const body = JSON.parse(box.open(sealed)) as { notification_id: string };
  return { body, subject: { task: TASKS[type], notificationId: body.notification_id } };
}
