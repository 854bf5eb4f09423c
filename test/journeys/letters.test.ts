import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotifyClient } from 'notifications-node-client';
import { Program } from '../../chaos/program.ts';
import { drawPdf, letterTo } from '../letters/drawn-pdf.ts';
import { freePorts } from '../support/free-ports.ts';

type Refusal = { response: { data: unknown } };
type Sent = { id: string; reference: string | null };
type Shown = { status: string; line_1: string; postage: string; cost_in_pounds: number | null };

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** The program as `npm start` runs it, and the unmodified client. */
describe('letters with the official client', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'notify-letters-journey-'));
  chmodSync(dataDir, 0o755);
  let program: Program;

  beforeAll(async () => {
    const [api = 0, console = 0, sandbox = 0, documents = 0] = await freePorts(4);
    program = new Program({
      DATA_DIR: dataDir,
      PORT: String(api),
      CONSOLE_PORT: String(console),
      DOCUMENTS_PORT: String(documents),
      SANDBOX_PORT: String(sandbox),
    });
    await program.start();
  }, 60_000);
  afterAll(async () => {
    await program?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const demo = () =>
    JSON.parse(readFileSync(path.join(dataDir, 'demo.json'), 'utf8')) as {
      api_url: string;
      api_keys: { normal: string; test: string };
      templates: { letter: string };
    };
  const client = (key: 'normal' | 'test') => new NotifyClient(demo().api_url, demo().api_keys[key]);
  const personalisation = { name: 'Sam', address_line_1: 'Sam', address_line_2: 'Road', address_line_3: 'SW1A 1AA' };

  const sendTemplated = async (key: 'normal' | 'test'): Promise<Sent> => {
    const { data } = await client(key).sendLetter(demo().templates.letter, { personalisation, reference: 'mine' });
    return data as Sent;
  };
  const sendPdf = async (key: 'normal' | 'test', pdf: Buffer): Promise<Sent> =>
    (await client(key).sendPrecompiledLetter('mine', pdf, 'first')).data as Sent;
  const shown = async (id: string): Promise<Shown> =>
    (await client('normal').getNotificationById(id)).data as unknown as Shown;
  const inStatus = async (id: string, status: string): Promise<Shown> => {
    for (;;) {
      const letter = await shown(id);
      if (letter.status === status) return letter;
      await sleep(25);
    }
  };
  /** As the documentation tells clients to: again for as long as the error is `PDFNotReadyError`. */
  const pdfOf = async (id: string): Promise<Buffer> => {
    for (;;) {
      try {
        return (await client('normal').getPdfForLetterNotification(id)) as Buffer;
      } catch (error) {
        if (!JSON.stringify((error as Refusal).response?.data).includes('PDFNotReadyError')) throw error;
        await sleep(25);
      }
    }
  };

  test.each([
    ['normal', 'accepted'],
    ['test', 'received'],
  ] as const)('a templated letter of a %s key is %s, and its PDF can be had', async (key, status) => {
    const { id, reference } = await sendTemplated(key);
    expect(reference).toBe('mine');
    expect((await pdfOf(id)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await inStatus(id, status)).toMatchObject({ line_1: 'Sam', postage: 'second' });
  });

  test.each([
    ['normal', 'accepted'],
    ['test', 'received'],
  ] as const)('a PDF of a %s key is %s once it is scanned and checked', async (key, status) => {
    const { id } = await sendPdf(key, await drawPdf(letterTo('Sam', 'Road', 'SW1A 1AA')));
    expect(await inStatus(id, status)).toMatchObject({ line_1: 'Provided as PDF', postage: 'first' });
    expect((await pdfOf(id)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('a PDF that keeps no rules, or has a virus, ends where the client sees it', async () => {
    const invalid = await sendPdf('normal', Buffer.from('Dear Sam'));
    const infected = await sendPdf('normal', Buffer.from(EICAR));
    await inStatus(invalid.id, 'validation-failed');
    await inStatus(infected.id, 'virus-scan-failed');
  });

  test('killed without warning, it loses no letter that was accepted', async () => {
    const content = await drawPdf(letterTo('Sam', 'Road', 'SW1A 1AA'));
    const sent = await Promise.all(
      Array.from({ length: 10 }, (_each, index) => (index % 2 ? sendTemplated('test') : sendPdf('test', content))),
    );
    await program.kill();
    await program.start();
    for (const { id } of sent) await inStatus(id, 'received');
    for (const { id } of sent) await pdfOf(id);
  }, 60_000);
});
