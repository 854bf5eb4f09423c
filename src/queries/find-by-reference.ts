import type { Pool } from 'pg';
import type { ReferencedNotification } from '../commands/record-ses-event.ts';

/** $1 a provider's reference. The latest attempt's reference is on the row, earlier ones are in `notification_attempt`. */
const FIND = `
select id, service_id as "serviceId" from notifications where reference = $1
union all
select n.id, n.service_id from notification_attempt a join notifications n on n.id = a.notification_id
where a.provider_reference = $1
limit 1`;

/** The notification that a provider knows by a reference, of any of its attempts; null when there is none. */
export function findByReference(pool: Pool): (reference: string) => Promise<ReferencedNotification | null> {
  return async (reference) => {
    const { rows } = await pool.query<ReferencedNotification>({
      name: 'find_by_reference',
      text: FIND,
      values: [reference],
    });
    return rows[0] ?? null;
  };
}
