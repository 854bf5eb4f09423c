import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool as PgPool } from 'pg';
import { EXAMPLE_LETTER, LETTER, letterActor } from '../../src/actors/letter.ts';
import { letterAnnouncements } from '../../src/actors/letter-announcements.ts';
import { precompiledTemplate } from '../../src/commands/precompiled-template.ts';
import { recordPrintStatus } from '../../src/commands/record-print-status.ts';
import { signer } from '../../src/content/signing.ts';
import type { SecretBox } from '../../src/crypto/secret-box.ts';
import type { Directory } from '../../src/db/cached-directory.ts';
import { loadLetterRequests } from '../../src/db/letter-requests.ts';
import { fileInvalidLetter, fileValidLetter } from '../../src/effects/file-letter.ts';
import { printLetter } from '../../src/effects/print-letter.ts';
import { renderLetter } from '../../src/effects/render-letter.ts';
import { sanitiseLetter } from '../../src/effects/sanitise-letter.ts';
import { scanLetter } from '../../src/effects/scan-letter.ts';
import { checkPdf } from '../../src/letters/check-pdf.ts';
import { makeTemplatedLetter } from '../../src/letters/templated-letter.ts';
import { directoryStore } from '../../src/object-store/directory-store.ts';
import type { LetterPrinter } from '../../src/providers/letter-printer.ts';
import type { ActorType } from '../../src/runtime/actor-type.ts';
import { ReferenceClock } from '../../src/runtime/clock.ts';
import { nowhereElse } from '../../src/runtime/dispatch.ts';
import { Pool } from '../../src/runtime/pool.ts';
import { PostgresStore } from '../../src/runtime/postgres/postgres-store.ts';
import { Runtime } from '../../src/runtime/runtime.ts';
import { eicarScan } from '../../src/virus-scan/eicar.ts';

type Log = Record<'debug' | 'info' | 'warn' | 'error', (facts: object, message: string) => void>;

export type LetterBenchParts = { pool: PgPool; box: SecretBox; directory: Directory; log: Log };

const NODE = 2;
const ABSENT: LetterPrinter = { name: 'dvla', print: async () => ({ outcome: 'try-later', reason: 'No printer' }) };

/** Letters' real actor with its real effects, on a store below a directory of its own; a test may change the printer. */
export function letterBench({ pool, box, directory, log }: LetterBenchParts) {
  const files = mkdtempSync(path.join(tmpdir(), 'notify-letters-'));
  const store = directoryStore(files);
  const clock = new ReferenceClock();
  const tokens = signer(['a secret key'], 'some salt');
  const bench = {
    printer: ABSENT as LetterPrinter,
    /** Where the printer tells what became of a letter; the API's own address. */
    apiUrl: '',
    scan: eicarScan,
    fakesDelivery: true,
  };
  const send = (id: string, event: { type: string }) => runtime.send(LETTER, id, { ...event });
  const callbackUrl = (id: string) =>
    `${bench.apiUrl}/notifications/letter/status?token=${encodeURIComponent(tokens.sign(id))}`;
  const type = letterActor({
    effects: {
      renderPdf: renderLetter({ store, box, directory, makeLetter: makeTemplatedLetter }),
      scanFile: scanLetter({ store, scan: (content) => bench.scan(content), log }),
      sanitisePdf: sanitiseLetter({ store, directory, checkPdf }),
      fileValidPdf: fileValidLetter(store),
      fileInvalidPdf: fileInvalidLetter(store),
      printLetter: (input, run) =>
        printLetter({ store, directory, printer: bench.printer, callbackUrl, log })(input, run),
      fakePrint: async (_input, { id }) => {
        await send(id, { type: 'print.despatched' });
        return undefined;
      },
    },
    announcements: letterAnnouncements(log),
    loadRequests: (ids) => loadLetterRequests(pool, ids),
  });
  const runtime = new Runtime({
    store: new PostgresStore(pool, [type] as unknown as ActorType[]),
    clock,
    membership: { node: NODE, liveOthers: () => [] },
    dispatch: nowhereElse,
    pools: {
      'letter-files': new Pool({ concurrency: 10, queue: 100 }),
      'letter-print': new Pool({ concurrency: 10, queue: 100 }),
    },
    leaseMs: 5000,
    tickMs: 50,
    log,
  });
  runtime.register(type, EXAMPLE_LETTER);

  const stateOf = async (id: string): Promise<string | undefined> => {
    const { rows } = await pool.query<{ state: string }>('select state from letters where id = $1', [id]);
    return rows[0]?.state;
  };
  return Object.assign(bench, {
    runtime,
    store,
    send,
    stateOf,
    callbackUrl,
    letterOf: (token: string) => {
      const payload = tokens.verify(token)?.payload;
      return typeof payload === 'string' ? payload : null;
    },
    /** What commands send with. */
    sending: {
      directory,
      box,
      store,
      template: precompiledTemplate(pool),
      startLetter: async (id: string, input: object, request: object) => {
        await runtime.start(LETTER, id, input, request);
      },
      get fakesDelivery() {
        return bench.fakesDelivery;
      },
      now: () => clock.now(),
      log,
    },
    recordPrintStatus: recordPrintStatus({ pool, send, log }),
    /** Resolves when the letter rests in the state. */
    settled: async (id: string, state: string): Promise<void> => {
      while ((await stateOf(id)) !== state) await clock.sleep(10);
    },
    stop: async () => {
      await runtime.stop(1000);
      rmSync(files, { recursive: true, force: true });
    },
  });
}
