import type { Pool } from 'pg';
import { done, unknownUrl } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { ComplaintView } from '../../messages/admin-platform.ts';
import { millis } from './columns.ts';
import { midnightOf } from './days.ts';
import { PAGE_SIZE } from './paging.ts';

/** $1 how many to pass over. */
const LIST = `
select c.id, c.notification_id, c.service_id, s.name as service_name, c.ses_feedback_id, c.complaint_type,
  ${millis('c.complaint_date')} as complaint_date, ${millis('c.created_at')} as created_at
from complaints c join services s on s.id = c.service_id
order by c.created_at desc, c.id desc
offset $1 limit ${PAGE_SIZE}`;

/** Newest first. */
export function listComplaints(pool: Pool): AdminAction<'complaints.list'> {
  return async ({ page }) => {
    const { rows: complaints } = await pool.query<ComplaintView>(LIST, [(page - 1) * PAGE_SIZE]);
    if (complaints.length === 0 && page > 1) return unknownUrl();
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from complaints');
    return done({ complaints, pages: Math.ceil((rows[0]?.count ?? 0) / PAGE_SIZE) });
  };
}

export function countComplaints(pool: Pool): AdminAction<'complaints.count'> {
  return async ({ startDate, endDate }) => {
    const { rows } = await pool.query<{ count: number }>(
      'select count(*)::int as count from complaints where created_at >= $1 and created_at < $2',
      [new Date(midnightOf(startDate)), new Date(midnightOf(endDate, 1))],
    );
    return done(rows[0]?.count ?? 0);
  };
}
