import type { Pool } from 'pg';
import type { LetterPostage } from '../../machines/letter.types.ts';
import type { Directory } from '../db/cached-directory.ts';
import { pdfKey, readObject } from '../letters/stored-letters.ts';
import type { Actions } from '../messages.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { badRequest, noResultFound, type Refused, refused } from '../refusal.ts';
import { isLetterRetained, isRetained } from './notification-row.ts';

type GetPdf = Actions['notifications.getPdf'];
export type GetLetterPdf = (request: GetPdf['params']) => Promise<GetPdf['result']>;

export type LetterPdfParts = {
  pool: Pool;
  directory: Pick<Directory, 'service'>;
  store: ObjectStore;
  log: { warn(facts: object, message: string): void };
};

type LetterRow = {
  status: string;
  keyType: 'normal' | 'test';
  reference: string;
  postage: LetterPostage;
  requestedPostage: LetterPostage;
  createdAt: number;
};

/** $1 notification, $2 service, $3 retention. Reads primary keys. */
const FIND_LETTER = `
select split_part(l.state, '.', 1) as status, l.key_type as "keyType", q.reference, l.postage,
  q.requested_postage as "requestedPostage", (extract(epoch from l.created_at) * 1000)::float8 as "createdAt"
from letters l join letter_requests q on q.id = l.id
where l.id = $1 and l.service_id = $2 and ${isLetterRetained('$3')}`;

const FIND_OTHER = `
select from notifications n where n.id = $1 and n.service_id = $2 and ${isRetained('$3')}`;

/** A letter's PDF, or why it cannot be had, in the order of public-api 2.7. */
export function getLetterPdf(parts: LetterPdfParts): GetLetterPdf {
  const { pool, directory } = parts;
  return async ({ serviceId, id }) => {
    const service = await directory.service(serviceId);
    const values = [id, serviceId, JSON.stringify(service?.retentionDays ?? {})];
    const { rows } = await pool.query<LetterRow>(FIND_LETTER, values);
    const [letter] = rows;
    if (letter !== undefined) return pdfOf(parts, id, letter);
    const { rowCount } = await pool.query(FIND_OTHER, values);
    return rowCount ? badRequest('Notification is not a letter') : noResultFound();
  };
}

async function pdfOf(parts: LetterPdfParts, id: string, letter: LetterRow): Promise<GetPdf['result']> {
  const { status } = letter;
  if (status === 'virus-scan-failed') return badRequest('File did not pass the virus scan');
  if (status === 'technical-failure') return badRequest('PDF not available for letters in status technical-failure');
  const content = status === 'pending-virus-check' ? null : await storedPdf(parts, id, letter);
  return content === null ? notReady() : { outcome: 'found', content: content.toString('base64') };
}

/** Null where it cannot be read, for whatever reason: clients ask again. */
async function storedPdf({ store, log }: LetterPdfParts, id: string, letter: LetterRow): Promise<Buffer | null> {
  try {
    return await readObject(store, pdfKey(letter.status, letter, letter));
  } catch (error) {
    log.warn({ err: error, notification_id: id }, 'A letter could not be read');
    return null;
  }
}

function notReady(): Refused {
  return refused(400, 'PDFNotReadyError', 'PDF not available yet, try again later');
}
