import type { Pool } from 'pg';
import { type AdminResult, done, fieldRefusal, noResult, plainRefusal } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { AdminTemplateView, TemplateListItem, TemplateVersionView } from '../../messages/admin-templates.ts';
import type { PreviewTemplate } from '../preview-template.ts';
import { millis } from './columns.ts';

/** PostgreSQL's `integer` holds no larger version. */
const MAX_VERSION = 2_147_483_647;

/** What Template and TemplateVersion of internal-api 4 have in common, from a template or one of its versions. */
const common = (t: string): string => `
  ${t}.id, ${t}.name, ${t}.template_type, ${t}.content, ${t}.subject, ${t}.service_id as service,
  ${millis(`${t}.created_at`)} as created_at, ${millis(`${t}.updated_at`)} as updated_at, ${t}.version, ${t}.archived,
  ${t}.hidden, ${t}.process_type, ${t}.postage, ${t}.service_letter_contact_id as reply_to,
  case ${t}.template_type
    when 'letter' then (select contact_block from service_letter_contacts where id = ${t}.service_letter_contact_id)
    when 'email' then (
      select email_address from service_email_reply_to
      where service_id = ${t}.service_id and is_default and not archived
    )
    when 'sms' then (
      select sms_sender from service_sms_senders where service_id = ${t}.service_id and is_default and not archived
    )
  end as reply_to_text,
  ${t}.service_letter_contact_id as service_letter_contact, ${t}.id as template_redacted, ${t}.broadcast_data`;

const TEMPLATE = `
select ${common('t')}, t.created_by_id as created_by, f.template_folder_id as folder,
  coalesce(r.redact_personalisation, false) as redact_personalisation
from templates t
left join template_redacted r on r.template_id = t.id
left join template_folder_map f on f.template_id = t.id`;

const HISTORY = `
select ${common('v')},
  json_build_object('id', author.id, 'name', author.name, 'email_address', author.email_address) as created_by
from templates_history v
join users author on author.id = v.created_by_id
where v.service_id = $1`;

const VERSION = `${HISTORY} and v.id = $2 and not v.hidden`;

const BRIEF = `
select t.id, t.name, t.template_type, f.template_folder_id as folder,
  case when t.template_type = 'broadcast' then t.content end as content
from templates t
left join template_folder_map f on f.template_id = t.id`;

/** Of a service ($1). */
const LISTED = 'where t.service_id = $1 and not t.archived and not t.hidden order by t.name, t.template_type, t.id';

/** A template as stored now, archived or not. */
export async function readTemplate(pool: Pool, id: string): Promise<AdminResult<AdminTemplateView>> {
  const { rows } = await pool.query<AdminTemplateView>(`${TEMPLATE} where t.id = $1`, [id]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}

/** By name and then type; an unknown service has none. */
export function listTemplates(pool: Pool): AdminAction<'templateAuthors.list'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<AdminTemplateView>(`${TEMPLATE} ${LISTED}`, [serviceId]);
    return done(rows);
  };
}

export function listTemplatesBriefly(pool: Pool): AdminAction<'templateAuthors.listBrief'> {
  return async ({ serviceId }) => {
    const { rows } = await pool.query<TemplateListItem>(`${BRIEF} ${LISTED}`, [serviceId]);
    return done(rows);
  };
}

/** Archived ones, too; not the one of precompiled letters. */
export function getTemplate(pool: Pool): AdminAction<'templateAuthors.get'> {
  return async ({ serviceId, id }) => {
    const { rows } = await pool.query<AdminTemplateView>(
      `${TEMPLATE} where t.id = $1 and t.service_id = $2 and not t.hidden`,
      [id, serviceId],
    );
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}

export function getTemplateVersion(pool: Pool): AdminAction<'templateAuthors.version'> {
  return async ({ serviceId, id, version }) => {
    if (version > MAX_VERSION) return noResult();
    const { rows } = await pool.query<TemplateVersionView>(`${VERSION} and v.version = $3`, [serviceId, id, version]);
    return rows[0] === undefined ? noResult() : done(rows[0]);
  };
}

/** Newest first; an unknown template has none. */
export function listTemplateVersions(pool: Pool): AdminAction<'templateAuthors.versions'> {
  return async ({ serviceId, id }) => {
    const { rows } = await pool.query<TemplateVersionView>(`${VERSION} order by v.version desc`, [serviceId, id]);
    return done(rows);
  };
}

/** Every version of a service's templates. */
export async function readTemplateHistory(pool: Pool, serviceId: string): Promise<TemplateVersionView[]> {
  const { rows } = await pool.query<TemplateVersionView>(`${HISTORY} order by v.created_at, v.id, v.version`, [
    serviceId,
  ]);
  return rows;
}

/** A template with its placeholders filled in. */
export function previewForAuthors(pool: Pool, preview: PreviewTemplate): AdminAction<'templateAuthors.preview'> {
  return async ({ serviceId, id, personalisation }) => {
    const template = await getTemplate(pool)({ serviceId, id });
    if (template.outcome === 'refused') return template;
    const { template_type: type } = template.value;
    if (type === 'sms' || type === 'broadcast') return plainRefusal(400, `There is no preview of ${type} templates`);
    const filled = await preview({ serviceId, id, personalisation });
    if (filled.outcome === 'refused') {
      const [error] = filled.errors;
      return error === undefined ? noResult() : fieldRefusal('template', error.message);
    }
    return done({ ...template.value, subject: filled.subject, content: filled.body });
  };
}
