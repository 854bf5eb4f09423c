import type { Pool } from 'pg';
import type { Directory } from '../db/cached-directory.ts';
import type { Actions } from '../messages.ts';
import { badRequest, noResultFound, type Refused, refused } from '../refusal.ts';
import { isRetained } from './notification-row.ts';

type GetPdf = Actions['notifications.getPdf'];
export type GetLetterPdf = (request: GetPdf['params']) => Promise<GetPdf['result']>;

/** $1 notification, $2 service, $3 retention. Reads a primary key. */
const FIND = `
select n.notification_type as type, split_part(n.state, '.', 1) as status from notifications n
where n.id = $1 and n.service_id = $2 and ${isRetained('$3')}`;

/** Why a letter's PDF cannot be had, in the order of public-api 2.7. No PDF is kept yet, so it never can. */
export function getLetterPdf({ pool, directory }: { pool: Pool; directory: Pick<Directory, 'service'> }): GetLetterPdf {
  return async ({ serviceId, id }) => {
    const service = await directory.service(serviceId);
    const values = [id, serviceId, JSON.stringify(service?.retentionDays ?? {})];
    const { rows } = await pool.query<{ type: string; status: string }>(FIND, values);
    const [row] = rows;
    return row === undefined ? noResultFound() : refusalOf(row);
  };
}

function refusalOf({ type, status }: { type: string; status: string }): Refused {
  if (type !== 'letter') return badRequest('Notification is not a letter');
  if (status === 'virus-scan-failed') return badRequest('File did not pass the virus scan');
  if (status === 'technical-failure') return badRequest('PDF not available for letters in status technical-failure');
  return refused(400, 'PDFNotReadyError', 'PDF not available yet, try again later');
}
