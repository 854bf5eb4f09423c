import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts';

declare global {
  var testPostgres: { server: EmbeddedPostgres; dir: string } | undefined;
}

/** One throw-away PostgreSQL server for the whole run; each test file makes a database of its own on it. */
export default async function globalSetup(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'notify-test-'));
  // The server's account must get in where root runs the tests, or its data would be kept elsewhere.
  chmodSync(dir, 0o755);
  const server = await startEmbeddedPostgres(dir, { volatile: true });
  globalThis.testPostgres = { server, dir };
  process.env['TEST_POSTGRES_HOST'] = server.host;
}
