import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminTemplateView } from '../../messages/admin-templates.ts';
import { millis } from './columns.ts';

/** A Template of internal-api 4, from `templates t`. */
const TEMPLATE = `
select t.id, t.name, t.template_type, t.content, t.subject, t.service_id as service, t.created_by_id as created_by,
  ${millis('t.created_at')} as created_at, ${millis('t.updated_at')} as updated_at, t.version, t.archived, t.hidden,
  t.process_type, f.template_folder_id as folder, t.postage, t.service_letter_contact_id as reply_to,
  case t.template_type
    when 'letter' then (select contact_block from service_letter_contacts where id = t.service_letter_contact_id)
    when 'email' then (
      select email_address from service_email_reply_to
      where service_id = t.service_id and is_default and not archived
    )
    when 'sms' then (
      select sms_sender from service_sms_senders where service_id = t.service_id and is_default and not archived
    )
  end as reply_to_text,
  t.service_letter_contact_id as service_letter_contact, t.id as template_redacted,
  coalesce(r.redact_personalisation, false) as redact_personalisation, t.broadcast_data
from templates t
left join template_redacted r on r.template_id = t.id
left join template_folder_map f on f.template_id = t.id`;

/** A template as stored now, archived or not. */
export async function readTemplate(pool: Pool, id: string): Promise<AdminResult<AdminTemplateView>> {
  const { rows } = await pool.query<AdminTemplateView>(`${TEMPLATE} where t.id = $1`, [id]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}
