import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { TemplateFileView } from '../../messages/admin-template-files.ts';
import { millis } from './columns.ts';

const FILE = `
select f.id, f.template_id, f.template_version, f.filename, f.link_text, f.retention_period, f.validate_users_email,
  f.pending, ${millis('f.created_at')} as created_at, f.created_by_id, ${millis('f.updated_at')} as updated_at,
  ${millis('f.archived_at')} as archived_at, f.archived_by_id, f.version
from template_email_files f
join templates t on t.id = f.template_id
where t.service_id = $1 and f.template_id = $2`;

/** Oldest first, those that are being set up among them; an unknown template has none. */
export function listTemplateFiles(pool: Pool): AdminAction<'templateFiles.list'> {
  return async ({ serviceId, templateId }) => {
    const { rows } = await pool.query<TemplateFileView>(
      `${FILE} and f.archived_at is null order by f.created_at, f.id`,
      [serviceId, templateId],
    );
    return done(rows);
  };
}

/** Archived ones, too. */
export function getTemplateFile(pool: Pool): AdminAction<'templateFiles.get'> {
  return (asked) => readTemplateFile(pool, asked);
}

export async function readTemplateFile(
  pool: Pool,
  { serviceId, templateId, id }: { serviceId: string; templateId: string; id: string },
): Promise<AdminResult<TemplateFileView>> {
  const { rows } = await pool.query<TemplateFileView>(`${FILE} and f.id = $3`, [serviceId, templateId, id]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}
