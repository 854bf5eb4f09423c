import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { PLANNER } from '../src/db/orm.ts';
import { type Latencies, type Lifecycles, startLifecycles } from './lifecycles.ts';
import { closedLoop, openLoop } from './load.ts';
import { type Costs, measure } from './measurement.ts';
import { PEERS, type PeerName } from './peers/index.ts';
import type { Connection } from './server.ts';

/** One run of a peer; `isEmpty` says that the database has no tables yet. Times are milliseconds, `rate` is messages a second. */
export type Run = { peer: PeerName; connection: Connection; postmaster: number; load: Load; isEmpty: boolean };
export type Load =
  | { kind: 'full'; warmUpMs: number; measureMs: number }
  | { kind: 'steady'; rate: number; warmUpMs: number; measureMs: number }
  | { kind: 'memory'; lifecycles: number; every: number };

export type Outcome = { costs: Costs; latencies: Latencies };
/** Megabytes after a garbage collection. */
export type MemorySample = { finished: number; rss: number; heap: number; perSecond: number };
export type Report = { kind: 'outcome'; outcome: Outcome } | { kind: 'memory'; sample: MemorySample };

const CONNECTIONS = 20;
const POLL_MS = 5;
const SETTLE_MS = 500;
const MEGABYTE = 2 ** 20;

/** A lost connection ends the run: its numbers would mean nothing. */
function fail(error: Error): void {
  console.error(error);
  process.exitCode = 1;
}

/** The body of a measured process: one peer, one load, reports to the parent. */
async function main(): Promise<void> {
  const { peer, connection, postmaster, load, isEmpty } = JSON.parse(process.argv[2] ?? '') as Run;
  const settings = peer === 'runtime' ? { options: PLANNER } : {};
  const pool = new pg.Pool({ ...connection, ...settings, max: CONNECTIONS });
  pool.on('error', fail);
  pool.on('connect', (client) => client.on('error', fail));
  const lifecycles = await startLifecycles(PEERS[peer], pool, connection, isEmpty);
  if (load.kind === 'memory') await watchMemory(lifecycles, load);
  else {
    const stop = load.kind === 'full' ? closedLoop(lifecycles) : openLoop(lifecycles, load.rate);
    const { counts, failure } = lifecycles;
    await Promise.race([sleep(load.warmUpMs), failure]);
    lifecycles.collect();
    const costs = await measure({ pool, postmaster, count: () => counts.finished, failure }, load.measureMs);
    const latencies = lifecycles.collect();
    stop();
    report({ kind: 'outcome', outcome: { costs, latencies } });
  }
  await lifecycles.finish();
  await pool.end();
  process.disconnect();
}

async function watchMemory(lifecycles: Lifecycles, load: Load & { kind: 'memory' }): Promise<void> {
  const { counts, failure } = lifecycles;
  let since = performance.now();
  for (let target = load.every; target <= load.lifecycles; target += load.every) {
    closedLoop(lifecycles, target);
    while (counts.finished < target) await Promise.race([sleep(POLL_MS), failure]);
    const perSecond = (load.every / (performance.now() - since)) * 1000;
    // What has just ended is let go of, and what is held weakly takes a second collection.
    await sleep(SETTLE_MS);
    for (let collection = 0; collection < 2; collection++) globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    report({
      kind: 'memory',
      sample: { finished: target, rss: rss / MEGABYTE, heap: heapUsed / MEGABYTE, perSecond },
    });
    since = performance.now();
  }
}

function report(message: Report): void {
  process.send?.(message);
}

await main();
