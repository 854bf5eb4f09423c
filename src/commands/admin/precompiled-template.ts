import { noResult } from '../../admin-refusal.ts';
import type { AdminAction } from '../../messages/admin.ts';
import { serviceExists } from '../../queries/admin/services.ts';
import { readTemplate } from '../../queries/admin/templates.ts';
import { precompiledTemplate } from '../precompiled-template.ts';
import type { AdminCommandParts } from './parts.ts';

/** The template of a service's precompiled letters, made on first use. */
export function getPrecompiledTemplate({
  pool,
}: Pick<AdminCommandParts, 'pool'>): AdminAction<'templateAuthors.precompiled'> {
  const findOrMake = precompiledTemplate(pool);
  return async ({ serviceId }) => {
    if (!(await serviceExists(pool, serviceId))) return noResult();
    const { id } = await findOrMake(serviceId);
    return readTemplate(pool, id);
  };
}
