import type { Pool } from 'pg';
import { smsMessage } from '../content/sms.ts';
import type { Values } from '../content/values.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import type { Clock } from '../runtime/clock.ts';
import { GroupCommit } from '../runtime/group-commit.ts';

export type FragmentCountParts = {
  pool: Pool;
  box: SecretBox;
  directory: Pick<Directory, 'service' | 'template'>;
  clock: Clock;
};

type Unbilled = {
  id: string;
  serviceId: string;
  templateId: string;
  templateVersion: number;
  personalisation: string | null;
};

/** $1 ids. Reads two primary keys; most texts are billed when they are handed over, and then there is no row. */
const UNBILLED = `
select n.id, n.service_id as "serviceId", r.template_id as "templateId", r.template_version as "templateVersion",
  r.personalisation
from notifications n join notification_requests r on r.id = n.id
where n.id = any($1::uuid[]) and n.billable_units = 0 and n.notification_type = 'sms'`;

const MAX_IDS_A_QUERY = 500;
const QUERIES_AT_ONCE = 2;

/**
 * Fragments of a text that has none billed yet, from its stored template version and personalisation; 0 for any other
 * id. Questions that come while a query is under way share the next one.
 */
export function fragmentCount(parts: FragmentCountParts): (id: string) => Promise<number> {
  const load = async (ids: string[]): Promise<(Unbilled | null)[]> => {
    const { rows } = await parts.pool.query<Unbilled>({ name: 'unbilled', text: UNBILLED, values: [ids] });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  };
  const loads = new GroupCommit(load, {
    clock: parts.clock,
    max: MAX_IDS_A_QUERY,
    lanes: QUERIES_AT_ONCE,
    isRetryable: () => false,
  });
  return async (id) => {
    const unbilled = await loads.add(id);
    return unbilled === null ? 0 : count(parts, unbilled);
  };
}

async function count({ directory, box }: FragmentCountParts, unbilled: Unbilled): Promise<number> {
  const service = await directory.service(unbilled.serviceId);
  const template = await directory.template(unbilled.serviceId, unbilled.templateId, unbilled.templateVersion);
  if (service === null || template === null) return 0;
  const values: Values | null =
    unbilled.personalisation === null ? null : JSON.parse(box.open(unbilled.personalisation));
  const prefix = service.prefixSms ? service.name : null;
  return smsMessage({ body: template.content, values, prefix }).fragments;
}
