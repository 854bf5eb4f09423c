import type { ServiceBroker } from 'moleculer';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { documentsService } from '../../services/documents.service.ts';
import { documentsAddress } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import type { Directory } from '../db/cached-directory.ts';
import { accessTickets } from '../documents/access-ticket.ts';
import { type CheckFile, checkFile } from '../documents/check-file.ts';
import { documentRows } from '../documents/document-rows.ts';
import { documentPages } from '../documents/pages/server.ts';
import { documentReader } from '../documents/read-document.ts';
import { sweepDocuments } from '../documents/sweep-documents.ts';
import { type UploadDocument, uploadDocument } from '../documents/upload-document.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { openVirusScan } from './virus-scan.ts';

export type DocumentsParts = { config: Config; pool: Pool; store: ObjectStore; directory: Directory; log: Logger };

export type Documents = {
  upload: UploadDocument;
  check: CheckFile;
  /** Deletes some of those whose retention period has ended. */
  sweep(): Promise<void>;
  /** Lets recipients download. */
  startPages(broker: ServiceBroker): Promise<{ url: string; close(): Promise<void> }>;
};

const STARTUP_MS = 10_000;
const POLL_MS = 10;

/** Files sent by email: uploading, deleting, and the pages where recipients download them. */
export function openDocuments({ config, pool, store, directory, log }: DocumentsParts): Documents {
  const now = () => Date.now();
  const rows = documentRows(pool);
  const pagesUrl = documentsAddress(config);
  const check = checkFile(openVirusScan(config));
  return {
    upload: uploadDocument({ rows, store, checkFile: check, pagesUrl, now, log }),
    check,
    sweep: sweepDocuments({ rows, store, now, log }),
    startPages: async (broker) => {
      const pages = documentPages({
        port: config.DOCUMENTS_PORT,
        host: config.HOST,
        reader: documentReader({ rows, store, now }),
        tickets: accessTickets({ secrets: config.SECRET_KEY.split(','), salt: config.DANGEROUS_SALT, now }),
        sender: async (serviceId) => directory.service(serviceId),
        isSecure: pagesUrl.startsWith('https:'),
        log,
      });
      let port = config.DOCUMENTS_PORT;
      const onListening = (listening: number) => {
        port = listening;
      };
      const service = broker.createService(documentsService({ pages, onListening }));
      await broker.waitForServices(['documents'], STARTUP_MS, POLL_MS);
      return { url: `http://${config.HOST}:${port}`, close: () => broker.destroyService(service) };
    },
  };
}
