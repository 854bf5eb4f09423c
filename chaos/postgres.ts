import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/db/embedded-postgres.ts';

/** A PostgreSQL server of its own that can be stopped, started, held still and crashed under load. */
export class Postgres {
  readonly #dataDir: string;
  #server: EmbeddedPostgres | undefined;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  async start(): Promise<void> {
    this.#server = await startEmbeddedPostgres(this.#dataDir);
  }

  /** Fast shutdown: open connections are cut. */
  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  get database(): ClientConfig {
    const { host = '', port = 0, user = '' } = this.#server ?? {};
    return { host, port, user, database: 'notify' };
  }

  /** As `DATABASE_URL` takes it. */
  get url(): string {
    const { host, port, user, database } = this.database;
    return `postgres://${user}@localhost:${port}/${database}?host=${host}`;
  }

  /** Stops the processes of the server where they are; the result lets them go on. */
  async hold(): Promise<() => void> {
    const server = await this.#pid();
    const all = [server, ...childrenOf(server)];
    for (const pid of all) signal(pid, 'SIGSTOP');
    return () => {
      for (const pid of all) signal(pid, 'SIGCONT');
    };
  }

  /** Kills one connection's process: the server ends all others and recovers from its log. */
  async crash(): Promise<void> {
    const client = await this.#connected();
    client.on('error', () => {});
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    for (const { pid } of rows) signal(pid, 'SIGKILL');
    await client.end().catch(() => {});
  }

  async #pid(): Promise<number> {
    const client = await this.#connected();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    await client.end();
    const file = path.join(rows[0]?.data_directory ?? '', 'postmaster.pid');
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  }

  async #connected(): Promise<Client> {
    const client = new Client({ ...this.database, database: 'postgres' });
    await client.connect();
    return client;
  }
}

function childrenOf(pid: number): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return listed.split('\n').filter(Boolean).map(Number);
}

/** A process that has just ended needs none. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
