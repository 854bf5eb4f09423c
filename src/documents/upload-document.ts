import { randomBytes, randomUUID } from 'node:crypto';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { CheckFile } from './check-file.ts';
import { decodeFile } from './decode-file.ts';
import { DOCUMENT_KEY_BYTES, sealPart } from './document-cipher.ts';
import { pagePath } from './document-links.ts';
import { type DocumentFacts, type DocumentRows, dayOf, documentObjectKey } from './document-rows.ts';
import { hashRecipient } from './recipient-hash.ts';

export type DocumentUpload = {
  serviceId: string;
  /** Base64, or the bytes themselves. */
  file: string | Buffer;
  filename: string | null;
  /** Text without a name is a CSV file. */
  isCsv: boolean;
  /** Normalised; null where the file may be downloaded without confirming an address. */
  confirmationEmail: string | null;
  retentionWeeks: number;
};

/** `refused` is the caller's fault, in the words of public-api 4.8; `failed` is ours, and has been logged. */
export type UploadedDocument =
  | { outcome: 'uploaded'; url: string }
  | { outcome: 'refused'; message: string }
  | { outcome: 'failed' };

/** Stores a file to be sent by email. Repeating it makes another document. Never rejects. */
export type UploadDocument = (upload: DocumentUpload) => Promise<UploadedDocument>;

export type UploadParts = {
  rows: DocumentRows;
  store: ObjectStore;
  checkFile: CheckFile;
  /** Address of the download pages, without a final slash. */
  pagesUrl: string;
  /** Milliseconds since the epoch. */
  now(): number;
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void };
};

const MS_PER_WEEK = 604_800_000;

type Checked = { content: Buffer; mediaType: string };

export function uploadDocument(parts: UploadParts): UploadDocument {
  return async (upload) => {
    try {
      const checked = await check(parts, upload);
      if (typeof checked === 'string') return { outcome: 'refused', message: checked };
      return { outcome: 'uploaded', url: await keep(parts, upload, checked) };
    } catch (error) {
      parts.log.error({ err: error, service_id: upload.serviceId }, 'A document was not uploaded');
      return { outcome: 'failed' };
    }
  };
}

/** The file, or why it is refused. */
async function check({ checkFile, log }: UploadParts, upload: DocumentUpload): Promise<Checked | string> {
  const { file, filename, isCsv, serviceId } = upload;
  const content = typeof file === 'string' ? decodeFile(file) : file;
  if (content === null) return 'Document is not base64 encoded';
  const verdict = await checkFile({ content, filename, isCsv });
  if (verdict.outcome === 'good') return { content, mediaType: verdict.mediaType };
  const { message, signature } = verdict;
  if (signature !== undefined) log.info({ service_id: serviceId, signature }, 'A document did not pass the virus scan');
  return message;
}

/** The row comes first: a file without a row would never be deleted. */
async function keep({ rows, store, pagesUrl, now, log }: UploadParts, upload: DocumentUpload, checked: Checked) {
  const { serviceId, confirmationEmail, retentionWeeks, filename } = upload;
  const id = randomUUID();
  const key = randomBytes(DOCUMENT_KEY_BYTES);
  const facts: DocumentFacts = {
    filename,
    mediaType: checked.mediaType,
    sizeBytes: checked.content.length,
    recipientHash: confirmationEmail === null ? null : await hashRecipient(confirmationEmail),
  };
  const sealedFacts = sealPart(key, id, 'facts', Buffer.from(JSON.stringify(facts)));
  const availableUntil = dayOf(now() + retentionWeeks * MS_PER_WEEK);
  await rows.insert({ id, serviceId, sealedFacts, availableUntil });
  await store.put(documentObjectKey({ id, serviceId }), sealPart(key, id, 'file', checked.content));
  log.info({ service_id: serviceId, document_id: id, available_until: availableUntil }, 'Document uploaded');
  return pagesUrl + pagePath({ serviceId, documentId: id, key });
}
