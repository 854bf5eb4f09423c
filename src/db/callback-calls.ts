import type { Pool } from 'pg';
import type { CallbackCall } from '../actors/callback.ts';
import type { DeliveryStatusBody } from '../actors/delivery-status-callback.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import { wireTime } from '../wire-time.ts';

type StoredCall = {
  callback_id: string;
  url: string;
  sealed_token: string;
  request_id: string;
  created_at: Date;
  completed_at: Date | null;
  sent_at: Date | null;
} & Omit<DeliveryStatusBody, 'created_at' | 'completed_at' | 'sent_at'>;

const LOAD = `
select c.id as callback_id, h.url, h.bearer_token as sealed_token, r.request_id,
  n.id, r.client_reference as reference, r.recipient as "to", split_part(n.state, '.', 1) as status,
  n.created_at, n.updated_at as completed_at, n.sent_at, n.notification_type, r.template_id, r.template_version
from delivery_status_callbacks c
join notifications n on n.id = c.notification_id
join notification_requests r on r.id = c.notification_id
join service_callback_api_history h on h.id = c.callback_api_id and h.version = c.callback_api_version
where c.id = any($1::uuid[])`;

/**
 * What each delivery-status callback posts, by callback id: the notification is final, and the service's setting is the version that was
 * in force when it ended, so reading it again gives the same. Source: workflows 6.1.
 */
export async function loadCallbackCalls(pool: Pool, box: SecretBox, ids: string[]): Promise<Map<string, CallbackCall>> {
  const { rows } = await pool.query<StoredCall>({ name: 'load callback calls', text: LOAD, values: [ids] });
  return new Map(rows.map((row) => [row.callback_id, callOf(row, box)]));
}

function callOf(row: StoredCall, box: SecretBox): CallbackCall {
  return {
    isWanted: true,
    url: row.url,
    bearerToken: box.open(row.sealed_token),
    requestId: row.request_id,
    subject: { task: 'send_delivery_status_to_service', notificationId: row.id },
    body: {
      id: row.id,
      reference: row.reference,
      to: row.to,
      status: row.status,
      created_at: wireTime(row.created_at),
      completed_at: row.completed_at && wireTime(row.completed_at),
      sent_at: row.sent_at && wireTime(row.sent_at),
      notification_type: row.notification_type,
      template_id: row.template_id,
      template_version: row.template_version,
    },
  };
}
