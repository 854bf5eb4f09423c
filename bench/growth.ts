import { fill } from './growth/fill.ts';
import { machineLine, machineOf } from './machine.ts';
import type { Costs } from './measurement.ts';
import { readOptions, tell } from './options.ts';
import { runPeer, runPeerOn } from './run.ts';
import { startServer } from './server.ts';
import { median } from './statistics.ts';
import { number, table } from './table.ts';

/**
 * `npm run bench:growth`: the lifecycle with 10 million notifications and 1 million armed timers in the tables, next to
 * empty ones. Needs about 20 GB of disk. `--notifications` and `--armed` choose other numbers.
 */
const FULL = { notifications: 10_000_000, armed: 1_000_000, warmUpMs: 4000, measureMs: 10_000 };
const QUICK = { notifications: 500_000, armed: 50_000, warmUpMs: 1500, measureMs: 2500 };

const { options, given } = readOptions({ full: 5, quick: 3 }, ['notifications', 'armed']);
const size = options.quick ? QUICK : FULL;
const notifications = Number(given('notifications') ?? size.notifications);
const armed = Number(given('armed') ?? size.armed);
const load = { kind: 'full', warmUpMs: size.warmUpMs, measureMs: size.measureMs } as const;

const server = await startServer();
try {
  const machine = machineOf(server);
  tell(machineLine(machine));
  const grown = await server.freshDatabase();
  await fill(grown, { notifications, armed }, tell);
  const empty: Costs[] = [];
  const full: Costs[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    empty.push((await runPeer(server, 'runtime', load)).costs);
    await server.checkpoint();
    full.push((await runPeerOn(server, grown, 'runtime', load, false)).costs);
    tell(
      `round ${round}: empty ${number(empty.at(-1)?.perSecond)}, grown ${number(full.at(-1)?.perSecond)} lifecycles/s`,
    );
  }
  const rows = [
    { tables: 'empty', ...medians(empty) },
    { tables: `${notifications} notifications, ${armed} timers`, ...medians(full) },
  ];
  console.log(
    options.json ? JSON.stringify({ machine, rows }, null, 2) : [machineLine(machine), growthTable(rows)].join('\n\n'),
  );
} finally {
  await server.stop();
}

function medians(costs: Costs[]): Costs & { rates: number[] } {
  const middle = (key: keyof Costs) => median(costs.map((cost) => cost[key]));
  return {
    rates: costs.map(({ perSecond }) => perSecond),
    perSecond: middle('perSecond'),
    appCpu: middle('appCpu'),
    databaseCpu: middle('databaseCpu'),
    walBytes: middle('walBytes'),
  };
}

function growthTable(rows: (Costs & { tables: string; rates: number[] })[]): string {
  const base = rows[0]?.perSecond ?? Number.NaN;
  return table(
    ['tables', 'lifecycles/s', 'min-max', '÷ empty', 'app / database CPU s/1000', 'WAL B each'],
    rows.map((row) => [
      row.tables,
      number(row.perSecond),
      `${number(Math.min(...row.rates))}-${number(Math.max(...row.rates))}`,
      number(row.perSecond / base, 2),
      `${number(row.appCpu, 3)} / ${number(row.databaseCpu, 3)}`,
      number(row.walBytes),
    ]),
  );
}
