import type { Pool } from 'pg';
import type { ParkedReceipts } from '../commands/record-ses-event.ts';
import type { SesEvent } from '../providers/receipts/ses.ts';

const PARK = 'insert into parked_receipts (reference, receipt) values ($1, $2)';
const FIND = 'select id::text as handle, receipt as event from parked_receipts where reference = $1 order by id';
const FORGET = 'delete from parked_receipts where id = any($1::int8[])';
const MATCHABLE = `
select distinct reference from parked_receipts p
where exists (select from notifications n where n.reference = p.reference)
  or exists (select from notification_attempt a where a.provider_reference = p.reference)`;
/** Source: workflows 1.3. */
const EXPIRE = `
delete from parked_receipts where parked_at < now() - interval '30 minutes'
returning reference, receipt ->> 'kind' as kind`;

/** The receipts that wait for their reference, in table `parked_receipts`. */
export function parkedReceipts(pool: Pool): ParkedReceipts {
  return {
    park: async (reference, event) => {
      await pool.query(PARK, [reference, JSON.stringify(event)]);
    },
    find: async (reference) => (await pool.query<{ handle: string; event: SesEvent }>(FIND, [reference])).rows,
    forget: async (handles) => {
      await pool.query(FORGET, [handles]);
    },
    matchable: async () => {
      const { rows } = await pool.query<{ reference: string }>(MATCHABLE);
      return rows.map(({ reference }) => reference);
    },
    expire: async () => (await pool.query<{ reference: string; kind: string }>(EXPIRE)).rows,
  };
}
