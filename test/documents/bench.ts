import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import { accessTickets } from '../../src/documents/access-ticket.ts';
import { checkFile } from '../../src/documents/check-file.ts';
import { documentRows } from '../../src/documents/document-rows.ts';
import { documentPages } from '../../src/documents/pages/server.ts';
import { documentReader } from '../../src/documents/read-document.ts';
import { sweepDocuments } from '../../src/documents/sweep-documents.ts';
import { uploadDocument } from '../../src/documents/upload-document.ts';
import { directoryStore } from '../../src/object-store/directory-store.ts';
import { eicarScan } from '../../src/virus-scan/eicar.ts';
import { recordingLog } from '../http/recording-log.ts';

export const PAGES_URL = 'https://documents.example';
export const DAY_MS = 86_400_000;
/** The test file of anti-virus programs, in two parts so that none reports this one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export type DocumentsBench = ReturnType<typeof documentsBench>;

/** Everything about files in emails, on a given database and a directory of its own; its clock is moved by hand. */
export function documentsBench(pool: Pool) {
  const directory = mkdtempSync(path.join(tmpdir(), 'notify-documents-'));
  const stage = { now: Date.now(), scan: eicarScan };
  const now = () => stage.now;
  const log = recordingLog();
  const rows = documentRows(pool);
  const store = directoryStore(directory);
  const check = checkFile((content) => stage.scan(content));
  return Object.assign(stage, {
    directory,
    rows,
    store,
    log,
    check,
    upload: uploadDocument({ rows, store, checkFile: check, pagesUrl: PAGES_URL, now, log }),
    sweep: sweepDocuments({ rows, store, now, log }),
    pages: (sender: Parameters<typeof documentPages>[0]['sender'], isSecure = false) =>
      documentPages({
        port: 0,
        host: '127.0.0.1',
        reader: documentReader({ rows, store, now }),
        tickets: accessTickets({ secrets: ['a test secret'], salt: 'a test salt', now }),
        sender,
        isSecure,
        log,
      }),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  });
}
