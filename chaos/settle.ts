import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/db/embedded-postgres.ts';
import type { Program } from './program.ts';

const PATIENCE_MS = 60_000;

/** Waits until all of `ids` have a final status; those that have none in time are lost. */
export async function settle(program: Program, ids: string[]): Promise<{ unfinished: string[]; ms: number }> {
  const started = Date.now();
  const { host, port, user } = await startEmbeddedPostgres(program.dataDir);
  const client = new Client({ host, port, user, database: 'notify' });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ id: string }>(
        `select i.id from unnest($1::uuid[]) i(id) left join notifications n on n.id = i.id
         where n.id is null or n.wake_at is not null`,
        [ids],
      );
      const ms = Date.now() - started;
      if (rows.length === 0 || ms > PATIENCE_MS) return { unfinished: rows.map(({ id }) => id), ms };
      await sleep(200);
    }
  } finally {
    await client.end();
  }
}
