import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { processCpuSeconds, serverCpuSeconds } from '../cpu.ts';
import { startMeasured } from '../run.ts';
import type { BenchServer } from '../server.ts';
import { postTexts } from './load.ts';
import { startProvider } from './provider.ts';
import type { Ready } from './served.ts';
import type { TargetName } from './targets.ts';

const PROGRAM = fileURLToPath(new URL('./served.ts', import.meta.url));

/** One run; CPU in seconds for a thousand requests, latencies in milliseconds. */
export type HttpOutcome = {
  perSecond: number;
  p50: number;
  p99: number;
  appCpu: number;
  databaseCpu: number;
  /** Of the texts accepted meanwhile, how many the provider had got: 1 where sending keeps up. */
  sentShare: number;
};

/** Serves a target in a fresh process on a fresh database, and posts texts to it. */
export async function runTarget(
  server: BenchServer,
  target: TargetName,
  times: { warmUpSeconds: number; measureSeconds: number },
): Promise<HttpOutcome> {
  const connection = await server.freshDatabase();
  const provider = await startProvider();
  const child = startMeasured(PROGRAM, { target, parts: { connection, providerUrl: provider.url } });
  const exited = once(child, 'exit');
  try {
    const [ready] = (await Promise.race([once(child, 'message'), died(exited, target)])) as [Ready];
    await postTexts(ready, times.warmUpSeconds);
    const pid = child.pid ?? 0;
    const read = () => ({ app: processCpuSeconds(pid), database: serverCpuSeconds(server.postmaster) });
    const before = { ...read(), taken: provider.taken() };
    const result = await postTexts(ready, times.measureSeconds);
    const after = { ...read(), taken: provider.taken() };
    const accepted = result['2xx'];
    return {
      perSecond: accepted / result.duration,
      p50: result.latency.p50,
      p99: result.latency.p99,
      appCpu: ((after.app - before.app) / accepted) * 1000,
      databaseCpu: ((after.database - before.database) / accepted) * 1000,
      sentShare: (after.taken - before.taken) / accepted,
    };
  } finally {
    child.kill();
    await exited;
    provider.stop();
    await server.dropDatabase(connection);
  }
}

async function died(exited: Promise<unknown[]>, target: TargetName): Promise<never> {
  const [code] = await exited;
  throw new Error(`The server of ${target} ended with ${code}`);
}
