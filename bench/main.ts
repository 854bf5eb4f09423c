import { compareSteady, compareThroughput, type Plan, type SteadyCase, type Throughput } from './compare.ts';
import { machineLine, machineOf } from './machine.ts';
import { memoryTable, watchMemory } from './memory.ts';
import { readOptions, tell } from './options.ts';
import { PEER_NAMES, type PeerName } from './peers/index.ts';
import { type BenchServer, startServer } from './server.ts';
import { steadyTable, throughputTable } from './tables.ts';

/**
 * `npm run bench`: the durable lifecycle of a notification on the runtime, next to the ceiling and to other engines.
 *
 * `--quick`, `--json`, `--rounds 5`, `--peers ceiling,runtime`; `--memory 1000000` watches the runtime's memory instead.
 */
const FULL = { warmUpMs: 4000, measureMs: 8000, steadyMs: 20_000 };
const QUICK = { warmUpMs: 1500, measureMs: 2500, steadyMs: 5000 };
const LOW_RATE = 200;
const SHARE_OF_MAXIMUM = 0.3;
const ROUNDS = { full: 5, quick: 3 };
/** One transaction a step is what CPU at a low rate is compared with; full load is not its contest. */
const QUICK_PEERS: PeerName[] = ['ceiling', 'runtime', 'pg-boss', 'graphile-worker'];

const { options, given } = readOptions(ROUNDS, ['peers', 'memory']);
const server = await startServer();
try {
  const machine = machineOf(server);
  tell(machineLine(machine));
  const lifecycles = given('memory');
  if (lifecycles === undefined) await compare(server);
  else {
    const samples = await watchMemory(server, Number(lifecycles), tell);
    print({ machine, samples }, [machineLine(machine), memoryTable(samples)]);
  }

  async function compare(on: BenchServer): Promise<void> {
    const times = options.quick ? QUICK : FULL;
    const peers = chosen(given('peers')) ?? (options.quick ? QUICK_PEERS : PEER_NAMES);
    const plan: Plan = { peers, rounds: options.rounds, warmUpMs: times.warmUpMs, measureMs: times.measureMs, tell };
    const throughput = await compareThroughput(on, plan);
    const steadyPlan = { ...plan, measureMs: times.steadyMs };
    const steady = await compareSteady(on, steadyPlan, steadyCases(throughput));
    print({ machine, throughput, steady }, [
      machineLine(machine),
      throughputTable(throughput),
      steadyTable(steady, 'per-row-sql'),
    ]);
  }
} finally {
  await server.stop();
}

/** A low rate for all, and a share of its own maximum for each. */
function steadyCases(throughput: Throughput[]): SteadyCase[] {
  const measured = throughput.map(({ peer }) => peer);
  const low: PeerName[] = options.quick ? ['runtime', 'per-row-sql'] : measured;
  const high = options.quick ? throughput.filter(({ peer }) => peer === 'runtime') : throughput;
  return [
    ...low.map((peer) => ({ peer, rate: LOW_RATE })),
    ...high.map(({ peer, perSecond }) => ({ peer, rate: Math.round(perSecond * SHARE_OF_MAXIMUM) })),
  ];
}

function chosen(names: string | undefined): PeerName[] | undefined {
  return names?.split(',').map((name) => {
    const peer = PEER_NAMES.find((each) => each === name);
    if (!peer) throw new Error(`There is no peer ${name}: choose from ${PEER_NAMES.join(', ')}`);
    return peer;
  });
}

function print(result: object, texts: string[]): void {
  console.log(options.json ? JSON.stringify(result, null, 2) : texts.join('\n\n'));
}
