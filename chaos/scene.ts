import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { Load } from './load.ts';
import { NatsServer } from './nats-server.ts';
import { Postgres } from './postgres.ts';
import { Program } from './program.ts';
import { Watch } from './watch.ts';

export type SceneOptions = {
  /** What each process runs, as `SERVICES`; the first has an API. Several are joined by NATS. */
  processes: readonly string[];
  /** Messages a second. */
  rate: number;
  /** Free ports: two for the world outside, and two for each process. */
  ports: readonly number[];
};

/** Everything that an experiment needs, started: the world outside, the servers, the program, and load on it. */
export type Scene = {
  programs: Program[];
  postgres: Postgres;
  nats: NatsServer | null;
  load: Load;
  watch: Watch;
  sandbox: Sandbox;
  /** Ends the program's processes as a deployment does. */
  stopPrograms(): Promise<void>;
  /** Ends everything and removes what it wrote. Safe to call after a failure. */
  close(): Promise<void>;
};

/** An API that also does everything else. */
export const ALL_IN_ONE = 'api,delivery,callbacks';
/** An API, and two processes that deliver and tell services. */
export const ONE_API_TWO_WORKERS = ['api', 'delivery,callbacks', 'delivery,callbacks'];

export async function openScene({ processes, rate, ports }: SceneOptions): Promise<Scene> {
  const [sandboxPort = 0, natsPort = 0, ...processPorts] = ports;
  const dir = mkdtempSync(path.join(tmpdir(), 'notify-chaos-'));
  chmodSync(dir, 0o755);
  const postgres = new Postgres(dir);
  const nats = processes.length > 1 ? new NatsServer(natsPort) : null;
  const apiUrl = `http://127.0.0.1:${processPorts[0]}`;
  const started: { sandbox?: Sandbox; watch?: Watch; load?: Load; programs: Program[] } = { programs: [] };
  const stopPrograms = async () => {
    await Promise.all(started.programs.map((program) => program.stop()));
  };
  const close = async () => {
    started.watch?.stop();
    await Promise.all(started.programs.map((program) => program.kill()));
    await started.load?.stop();
    await started.sandbox?.stop();
    await nats?.kill();
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await postgres.start();
    await nats?.start();
    const sandbox = await startSandbox({ port: sandboxPort, apiUrl });
    started.sandbox = sandbox;
    const cluster = nats ? { DATABASE_URL: postgres.url, NATS_URL: nats.url } : {};
    started.programs = processes.map(
      (SERVICES, index) =>
        new Program({
          ...cluster,
          // The only process has the database in its own directory; others have a directory for themselves.
          DATA_DIR: nats ? path.join(dir, `process-${index}`) : dir,
          PORT: String(processPorts[2 * index]),
          CONSOLE_PORT: String(processPorts[2 * index + 1]),
          SANDBOX_PORT: String(sandboxPort),
          SERVICES,
        }),
    );
    const [api, ...others] = started.programs;
    if (!api) throw new Error('A scene has a process at least');
    await api.start();
    await Promise.all(others.map((program) => program.start()));
    const watch = new Watch(sandbox);
    const load = new Load(() => api.demo(), rate);
    Object.assign(started, { watch, load });
    watch.start();
    return { programs: started.programs, postgres, nats, load, watch, sandbox, stopPrograms, close };
  } catch (error) {
    await close();
    throw error;
  }
}
