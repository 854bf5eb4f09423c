import type { Pool } from 'pg';
import type { SesComplaint } from '../providers/receipts/ses.ts';
import { wireTime } from '../wire-time.ts';
import { derivedId } from './derived-id.ts';
import type { ReferencedNotification } from './record-ses-event.ts';
import type { StartCallback } from './start-callback.ts';

export type RecordComplaintParts = { pool: Pool; startCallback: StartCallback };

type StoredComplaint = { createdAt: Date; requestId: string };

/** $1 id, $2 notification, $3 service, $4 SES feedback id, $5 type, $6 date. The time is that of the first report. */
const INSERT = `
insert into complaints (id, notification_id, service_id, ses_feedback_id, complaint_type, complaint_date)
values ($1, $2, $3, $4, $5, $6)
on conflict (id) do update set id = excluded.id
returning created_at as "createdAt",
  coalesce((select request_id from notification_requests where id = complaints.notification_id), 'none') as "requestId"`;

const CLIENT_REFERENCE = 'select client_reference as reference from notification_requests where id = $1';

/**
 * Stores a recipient's complaint, and owes its service the complaint callback (workflows 1.7). The id is made from SES's
 * feedback id, so the same complaint delivered twice is one row and one callback.
 */
export function recordComplaint({ pool, startCallback }: RecordComplaintParts) {
  return async (complaint: SesComplaint, about: ReferencedNotification): Promise<void> => {
    const { feedbackId, messageId, complaintType, recipient } = complaint;
    const id = derivedId(feedbackId ?? messageId);
    const date = dateOrNull(complaint.complaintDate);
    const values = [id, about.id, about.serviceId, feedbackId, complaintType, date];
    const { rows } = await pool.query<StoredComplaint>(INSERT, values);
    const [stored] = rows;
    if (stored === undefined) throw new Error(`Complaint ${id} was not stored`);
    await startCallback({
      callbackType: 'complaint',
      serviceId: about.serviceId,
      subjectId: id,
      at: stored.createdAt.getTime(),
      body: async () => ({
        notification_id: about.id,
        complaint_id: id,
        reference: await clientReference(pool, about.id),
        to: recipient,
        complaint_date: wireTime(date ?? stored.createdAt),
      }),
      requestId: stored.requestId,
    });
  };
}

async function clientReference(pool: Pool, notificationId: string): Promise<string | null> {
  const { rows } = await pool.query<{ reference: string | null }>(CLIENT_REFERENCE, [notificationId]);
  return rows[0]?.reference ?? null;
}

function dateOrNull(text: string | null): Date | null {
  return text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text);
}
