import { randomBytes, randomUUID } from 'node:crypto';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { VirusScan } from '../virus-scan/virus-scan.ts';
import { decodeFile } from './decode-file.ts';
import { detectMediaType } from './detect-media-type.ts';
import { DOCUMENT_KEY_BYTES, sealPart } from './document-cipher.ts';
import { pagePath } from './document-links.ts';
import { type DocumentFacts, type DocumentRows, dayOf, documentObjectKey } from './document-rows.ts';
import { extensionOf, fileTypeByExtension, fileTypeByMediaType, unsupportedTypeMessage } from './file-types.ts';
import { hashRecipient } from './recipient-hash.ts';

export type DocumentUpload = {
  serviceId: string;
  /** Base64. */
  file: string;
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
  scan: VirusScan;
  /** Address of the download pages, without a final slash. */
  pagesUrl: string;
  /** Milliseconds since the epoch. */
  now(): number;
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void };
};

/** Decoded. Source: public-api 4.8. */
const MAX_FILE_BYTES = 2 * 1024 * 1024 + 1024;
/** Characters. */
const MAX_FILENAME_LENGTH = 100;
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

/** The file, or why it is refused; its checks are in the original's order. */
async function check({ scan, log }: UploadParts, upload: DocumentUpload): Promise<Checked | string> {
  const { filename, serviceId } = upload;
  const content = decodeFile(upload.file);
  if (content === null) return 'Document is not base64 encoded';
  if (content.length === 0) return 'Document must not be empty';
  if (content.length > MAX_FILE_BYTES) return 'Uploaded file exceeds file size limit';
  const named = filename === null ? null : fileTypeByExtension(extensionOf(filename));
  if (filename !== null) {
    if ([...filename].length > MAX_FILENAME_LENGTH) {
      return `\`filename\` cannot be longer than ${MAX_FILENAME_LENGTH} characters`;
    }
    if (named === null) return unsupportedTypeMessage(`.${extensionOf(filename)}`);
  }
  const scanned = await scan(content);
  if (scanned.verdict === 'infected') {
    log.info({ service_id: serviceId, signature: scanned.signature }, 'A document did not pass the virus scan');
    return 'File did not pass the virus scan';
  }
  const mediaType = named?.mediaType ?? contentMediaType(content, upload.isCsv);
  return fileTypeByMediaType(mediaType) === null ? unsupportedTypeMessage(mediaType) : { content, mediaType };
}

function contentMediaType(content: Buffer, isCsv: boolean): string {
  const mediaType = detectMediaType(content);
  return isCsv && mediaType === 'text/plain' ? 'text/csv' : mediaType;
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
