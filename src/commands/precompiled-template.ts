import type { Pool } from 'pg';
import { NOTIFY_USER_ID } from '../built-in.ts';

/** The template behind letters that are sent to us as a PDF. */
export type PrecompiledTemplate = { id: string; version: number };

const NAME = 'Pre-compiled PDF';

/** $1 service. Reads the unique index of hidden letter templates. */
const FIND = `
select id, version from templates where service_id = $1 and hidden and template_type = 'letter'`;

/** $1 service, $2 author, $3 name and subject. Makes nothing where there is one already. */
const MAKE = `
with made as (
  insert into templates (id, name, template_type, content, service_id, subject, created_by_id, hidden, postage)
  values (gen_random_uuid(), $3::text, 'letter', '', $1, $3::text, $2, true, 'second')
  on conflict (service_id) where hidden and template_type = 'letter' do nothing returning *
), kept as (
  insert into templates_history select * from made
)
insert into template_redacted (template_id, updated_by_id) select id, created_by_id from made`;

/** The service's hidden template; made at its first use. Safe to call from many processes. */
export function precompiledTemplate(pool: Pool): (serviceId: string) => Promise<PrecompiledTemplate> {
  const find = async (serviceId: string): Promise<PrecompiledTemplate | undefined> => {
    const { rows } = await pool.query<PrecompiledTemplate>(FIND, [serviceId]);
    return rows[0];
  };
  return async (serviceId) => {
    const known = await find(serviceId);
    if (known) return known;
    await pool.query(MAKE, [serviceId, NOTIFY_USER_ID, NAME]);
    const made = await find(serviceId);
    if (made === undefined) throw new Error(`Service ${serviceId} has no template for precompiled letters`);
    return made;
  };
}
