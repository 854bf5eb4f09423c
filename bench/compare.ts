import type { Latencies } from './lifecycles.ts';
import type { Outcome } from './measured.ts';
import type { Costs } from './measurement.ts';
import type { PeerName } from './peers/index.ts';
import { runPeer } from './run.ts';
import type { BenchServer } from './server.ts';
import { median, percentile } from './statistics.ts';

/** Medians over the rounds; `rates` are the lifecycles per second of each. */
export type Throughput = Costs & { peer: PeerName; rates: number[] };
/** Medians over the rounds, in milliseconds; CPU in seconds for a thousand lifecycles, application and database. */
export type Steady = {
  peer: PeerName;
  /** Messages a second. */
  rate: number;
  cpu: number;
  toProvider: Quantiles;
  toSending: Quantiles;
};
type Quantiles = { p50: number; p99: number };

export type Plan = { peers: PeerName[]; rounds: number; warmUpMs: number; measureMs: number; tell(line: string): void };

/** Every peer at full load, one after the other in each round, so that a drift of the machine meets all of them. */
export async function compareThroughput(server: BenchServer, plan: Plan): Promise<Throughput[]> {
  const { peers, warmUpMs, measureMs } = plan;
  const costs = new Map<PeerName, Costs[]>(peers.map((peer) => [peer, []]));
  await inRounds(plan, peers, async (peer, round) => {
    const outcome = await runPeer(server, peer, { kind: 'full', warmUpMs, measureMs });
    costs.get(peer)?.push(outcome.costs);
    plan.tell(`round ${round}: ${peer} ${outcome.costs.perSecond.toFixed(0)} lifecycles/s`);
  });
  return peers.map((peer) => {
    const of = costs.get(peer) ?? [];
    const middle = (key: keyof Costs) => median(of.map((each) => each[key]));
    return {
      peer,
      rates: of.map(({ perSecond }) => perSecond),
      perSecond: middle('perSecond'),
      appCpu: middle('appCpu'),
      databaseCpu: middle('databaseCpu'),
      walBytes: middle('walBytes'),
    };
  });
}

export type SteadyCase = { peer: PeerName; rate: number };

/** Messages that arrive on their own account, at rates that the peers can take. */
export async function compareSteady(server: BenchServer, plan: Plan, cases: SteadyCase[]): Promise<Steady[]> {
  const { warmUpMs, measureMs } = plan;
  const outcomes = new Map<SteadyCase, Outcome[]>(cases.map((each) => [each, []]));
  await inRounds(plan, cases, async (each, round) => {
    outcomes
      .get(each)
      ?.push(await runPeer(server, each.peer, { kind: 'steady', rate: each.rate, warmUpMs, measureMs }));
    plan.tell(`round ${round}: ${each.peer} at ${each.rate.toFixed(0)}/s`);
  });
  return cases.map((each) => {
    const of = outcomes.get(each) ?? [];
    return {
      ...each,
      cpu: median(of.map(({ costs }) => costs.appCpu + costs.databaseCpu)),
      toProvider: quantiles(of, 'toProvider'),
      toSending: quantiles(of, 'toSending'),
    };
  });
}

async function inRounds<Item>(
  { rounds }: Plan,
  items: Item[],
  run: (item: Item, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 1; round <= rounds; round++) for (const item of items) await run(item, round);
}

function quantiles(outcomes: Outcome[], key: keyof Latencies): Quantiles {
  const at = (fraction: number) => median(outcomes.map(({ latencies }) => percentile(latencies[key], fraction)));
  return { p50: at(0.5), p99: at(0.99) };
}
