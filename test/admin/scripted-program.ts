import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Program } from '../../chaos/program.ts';
import { freePorts } from '../support/free-ports.ts';
import { adminToken, type Json } from './admin-bench.ts';

/** The program as `npm start` runs it, and a script outside that knows nothing but the admin application's secret. */
export type ScriptedProgram = Awaited<ReturnType<typeof startScriptedProgram>>;

export async function startScriptedProgram() {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'notify-admin-'));
  chmodSync(dataDir, 0o755);
  const secret = 'a secret of the script';
  const [api = 0, console = 0, sandbox = 0, documents = 0] = await freePorts(4);
  const url = `http://127.0.0.1:${api}`;
  const program = new Program({
    DATA_DIR: dataDir,
    PORT: String(api),
    CONSOLE_PORT: String(console),
    SANDBOX_PORT: String(sandbox),
    DOCUMENTS_PORT: String(documents),
    INTERNAL_CLIENT_API_KEYS: JSON.stringify({ 'notify-admin': [secret] }),
  });
  await program.start();

  /** The body of an answer. @throws {Error} when the request is refused */
  const call = async (method: string, where: string, body?: object): Promise<Json> => {
    const response = await fetch(url + where, {
      method,
      headers: { authorization: `Bearer ${adminToken({}, secret)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${where} was answered with ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Json;
  };
  return {
    url,
    call,
    get: (where: string) => call('GET', where),
    post: (where: string, body?: object) => call('POST', where, body),
    /** What most bodies hold under `data`. */
    make: async (where: string, body: object): Promise<Json> => (await call('POST', where, body))['data'] as Json,
    stop: async () => {
      await program.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
