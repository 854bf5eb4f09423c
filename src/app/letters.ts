import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { LETTER, letterActor } from '../actors/letter.ts';
import { letterAnnouncements } from '../actors/letter-announcements.ts';
import { type RecordPrintStatus, recordPrintStatus } from '../commands/record-print-status.ts';
import { apiAddress, sandboxAddress } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import { signer } from '../content/signing.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import { loadLetterRequests } from '../db/letter-requests.ts';
import { fileInvalidLetter, fileValidLetter } from '../effects/file-letter.ts';
import { printLetter } from '../effects/print-letter.ts';
import { renderLetter } from '../effects/render-letter.ts';
import { sanitiseLetter } from '../effects/sanitise-letter.ts';
import { scanLetter } from '../effects/scan-letter.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { dvlaPrinter } from '../providers/dvla.ts';
import type { LetterPrinter } from '../providers/letter-printer.ts';
import type { Closable } from '../providers/provider.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Threads } from '../threads/threads.ts';
import { openVirusScan } from './virus-scan.ts';

export type LettersParts = {
  config: Config;
  pool: Pool;
  box: SecretBox;
  directory: Directory;
  store: ObjectStore;
  runtime(): Runtime;
  threads: Threads;
  log: Logger;
};

/** Letters' kind of actor, and what hears from the printer. */
export type Letters = {
  type: ReturnType<typeof letterActor>;
  recordPrintStatus: RecordPrintStatus;
  close(): Promise<void>;
};

export function openLetters(parts: LettersParts): Letters {
  const { config, pool, box, directory, store, runtime, threads, log } = parts;
  const printer = openPrinter(config);
  const tokens = letterTokens(config);
  const send = (id: string, event: { type: string }) => runtime().send(LETTER, id, { ...event });
  const type = letterActor({
    effects: {
      renderPdf: renderLetter({ store, box, directory, makeLetter: (letter) => threads.run('makeLetter', letter) }),
      scanFile: scanLetter({ store, scan: openVirusScan(config), log }),
      sanitisePdf: sanitiseLetter({
        store,
        directory,
        checkPdf: (content, options) => threads.run('checkPdf', { content, options }),
      }),
      fileValidPdf: fileValidLetter(store),
      fileInvalidPdf: fileInvalidLetter(store),
      printLetter: printLetter({
        store,
        directory,
        printer,
        callbackUrl: (id) => `${apiAddress(config)}/notifications/letter/status?token=${tokens.tokenOf(id)}`,
        log,
      }),
      fakePrint: async (_input, { id }) => {
        await send(id, { type: 'print.despatched' });
        return undefined;
      },
    },
    announcements: letterAnnouncements(log),
    loadRequests: (ids) => loadLetterRequests(pool, ids),
  });
  return {
    type,
    recordPrintStatus: recordPrintStatus({ pool, send, log }),
    close: printer.close,
  };
}

/** The tokens by which the printer's callbacks name a letter (public-api 5.5). */
export function letterTokens({ SECRET_KEY, DANGEROUS_SALT }: Pick<Config, 'SECRET_KEY' | 'DANGEROUS_SALT'>) {
  const signing = signer(SECRET_KEY.split(','), DANGEROUS_SALT);
  return {
    tokenOf: (id: string): string => encodeURIComponent(signing.sign(id)),
    letterOf: (token: string): string | null => {
      const payload = signing.verify(token)?.payload;
      return typeof payload === 'string' ? payload : null;
    },
  };
}

/** In development the sandbox plays one that is not configured. */
function openPrinter(config: Config): LetterPrinter & Closable {
  const sandbox = sandboxAddress(config);
  const url = config.DVLA_API_BASE_URL ?? (sandbox && `${sandbox}/dvla`);
  if (!url) throw new Error('There is no printer for letters');
  const { DVLA_API_USERNAME: userName, DVLA_API_PASSWORD: password, DVLA_API_KEY: apiKey } = config;
  return dvlaPrinter({ url, userName, password, apiKey });
}
