import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { SesComplaint } from '../providers/receipts/ses.ts';
import type { ReferencedNotification } from './record-ses-event.ts';

/** $1 id, $2 notification, $3 service, $4 SES feedback id, $5 type, $6 date. */
const INSERT = `
insert into complaints (id, notification_id, service_id, ses_feedback_id, complaint_type, complaint_date)
values ($1, $2, $3, $4, $5, $6)
on conflict (id) do nothing`;

/**
 * Stores a recipient's complaint (workflows 1.7). The id is made from SES's feedback id, so the same complaint delivered
 * twice is one row.
 */
export function recordComplaint(pool: Pool) {
  return async (complaint: SesComplaint, about: ReferencedNotification): Promise<void> => {
    const { feedbackId, messageId, complaintType, complaintDate } = complaint;
    const id = idFrom(feedbackId ?? messageId);
    await pool.query(INSERT, [id, about.id, about.serviceId, feedbackId, complaintType, dateOrNull(complaintDate)]);
  };
}

/** A version 8 UUID of a text's hash. */
function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function dateOrNull(text: string | null): Date | null {
  return text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text);
}
