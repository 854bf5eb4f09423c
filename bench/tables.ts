import type { Steady, Throughput } from './compare.ts';
import type { PeerName } from './peers/index.ts';
import { number, table } from './table.ts';

const cpuOf = ({ appCpu, databaseCpu }: Throughput) => appCpu + databaseCpu;

/** Full load: each peer, and what the runtime is of it. */
export function throughputTable(results: Throughput[]): string {
  const runtime = results.find(({ peer }) => peer === 'runtime');
  const rows = results.map((result) => [
    result.peer,
    number(result.perSecond),
    `${number(Math.min(...result.rates))}-${number(Math.max(...result.rates))}`,
    number(runtime && runtime.perSecond / result.perSecond, 2),
    number(cpuOf(result), 3),
    `${number(result.appCpu, 3)} / ${number(result.databaseCpu, 3)}`,
    number(runtime && cpuOf(runtime) / cpuOf(result), 2),
    number(result.walBytes),
    number(runtime && runtime.walBytes / result.walBytes, 2),
  ]);
  return table(
    [
      'peer',
      'lifecycles/s',
      'min-max',
      'runtime ÷ it',
      'CPU s/1000',
      'app / database',
      'runtime ÷ it',
      'WAL B each',
      'runtime ÷ it',
    ],
    rows,
  );
}

/** Arrivals on their own account; `base` is the peer that CPU is compared with, at the same rate. */
export function steadyTable(results: Steady[], base: PeerName): string {
  const rows = results.map((result) => {
    const other = results.find(({ peer, rate }) => peer === base && rate === result.rate);
    return [
      result.peer,
      number(result.rate),
      number(result.toProvider.p50, 1),
      number(result.toProvider.p99, 1),
      number(result.toSending.p50, 1),
      number(result.toSending.p99, 1),
      number(result.cpu, 2),
      number(other && result.cpu / other.cpu, 2),
    ];
  });
  return table(
    [
      'peer',
      'messages/s',
      'to provider p50, ms',
      'p99',
      'to `sending` stored p50, ms',
      'p99',
      'CPU s/1000',
      `÷ ${base}`,
    ],
    rows,
  );
}
