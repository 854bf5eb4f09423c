import type { Pool } from 'pg';
import { type AdminResult, done, noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import type { TemplateFolderView } from '../../messages/admin-template-folders.ts';
import { jsonList } from './columns.ts';
import { serviceExists } from './services.ts';

const FOLDER = `
select f.id, f.name, f.parent_id, f.service_id,
  ${jsonList('select user_id as item from user_folder_permissions where template_folder_id = f.id order by user_id')}
    as users_with_permission
from template_folder f`;

/** By name. */
export function listTemplateFolders(pool: Pool): AdminAction<'templateFolders.list'> {
  return async ({ serviceId }) => {
    if (!(await serviceExists(pool, serviceId))) return noResult();
    const { rows } = await pool.query<TemplateFolderView>(`${FOLDER} where f.service_id = $1 order by f.name, f.id`, [
      serviceId,
    ]);
    return done(rows);
  };
}

export async function readTemplateFolder(pool: Pool, id: string): Promise<AdminResult<TemplateFolderView>> {
  const { rows } = await pool.query<TemplateFolderView>(`${FOLDER} where f.id = $1`, [id]);
  return rows[0] === undefined ? noResult() : done(rows[0]);
}
