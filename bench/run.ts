import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Load, MemorySample, Outcome, Report } from './measured.ts';
import type { PeerName } from './peers/index.ts';
import type { BenchServer, Connection } from './server.ts';

const PROGRAM = fileURLToPath(new URL('./measured.ts', import.meta.url));

type TimedLoad = Exclude<Load, { kind: 'memory' }>;
type MemoryLoad = Extract<Load, { kind: 'memory' }>;

/** A process of its own for what is measured, as in production; its log lines are written, to nowhere. */
export function startMeasured(program: string, argument: object, flags: string[] = []) {
  return fork(program, [JSON.stringify(argument)], {
    execArgv: flags,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
}

/** Runs a peer under a load, in a fresh process on a fresh database. */
export async function runPeer(server: BenchServer, peer: PeerName, load: TimedLoad): Promise<Outcome> {
  const connection = await server.freshDatabase();
  const outcome = await runPeerOn(server, connection, peer, load, true);
  await server.dropDatabase(connection);
  return outcome;
}

/** As `runPeer`, on a database whose tables are there already where `isEmpty` is false. */
export async function runPeerOn(
  { postmaster }: BenchServer,
  connection: Connection,
  peer: PeerName,
  load: TimedLoad,
  isEmpty: boolean,
): Promise<Outcome> {
  let outcome: Outcome | undefined;
  await ended({ peer, connection, postmaster, load, isEmpty }, (report) => {
    if (report.kind === 'outcome') outcome = report.outcome;
  });
  if (!outcome) throw new Error(`${peer} reported nothing`);
  return outcome;
}

/** Runs a number of lifecycles in a fresh process on a fresh database, and hears of its memory. */
export async function watchPeerMemory(
  server: BenchServer,
  peer: PeerName,
  load: MemoryLoad,
  onSample: (sample: MemorySample) => void,
): Promise<void> {
  const connection = await server.freshDatabase();
  const { postmaster } = server;
  await ended({ peer, connection, postmaster, load, isEmpty: true }, (report) => {
    if (report.kind === 'memory') onSample(report.sample);
  });
  await server.dropDatabase(connection);
}

async function ended(
  run: { peer: PeerName; connection: Connection; postmaster: number; load: Load; isEmpty: boolean },
  onReport: (report: Report) => void,
): Promise<void> {
  const child = startMeasured(PROGRAM, run, run.load.kind === 'memory' ? ['--expose-gc'] : []);
  child.on('message', (report) => onReport(report as Report));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${run.peer} ended with ${code}`);
}
