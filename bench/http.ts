import { type HttpOutcome, runTarget } from './http/run-target.ts';
import { TARGET_NAMES, type TargetName } from './http/targets.ts';
import { machineLine, machineOf } from './machine.ts';
import { readOptions, tell } from './options.ts';
import { startServer } from './server.ts';
import { median } from './statistics.ts';
import { number, table } from './table.ts';

/** `npm run bench:http`: `POST /v2/notifications/sms` through everything, next to Express alone and with an insert. */
const FULL = { warmUpSeconds: 6, measureSeconds: 10 };
const QUICK = { warmUpSeconds: 3, measureSeconds: 4 };
const ACCEPTS: TargetName = 'API process';
const SENDS_TOO: TargetName = 'API and delivery in one';

type Row = HttpOutcome & { target: TargetName; rates: number[] };

const { options } = readOptions({ full: 5, quick: 3 });
const server = await startServer();
try {
  const machine = machineOf(server);
  tell(machineLine(machine));
  const outcomes = new Map<TargetName, HttpOutcome[]>(TARGET_NAMES.map((target) => [target, []]));
  for (let round = 1; round <= options.rounds; round++) {
    for (const target of TARGET_NAMES) {
      const outcome = await runTarget(server, target, options.quick ? QUICK : FULL);
      outcomes.get(target)?.push(outcome);
      tell(`round ${round}: ${target} ${number(outcome.perSecond)} requests/s`);
    }
  }
  const rows = TARGET_NAMES.map((target) => medians(target, outcomes.get(target) ?? []));
  console.log(
    options.json ? JSON.stringify({ machine, rows }, null, 2) : [machineLine(machine), httpTable(rows)].join('\n\n'),
  );
} finally {
  await server.stop();
}

function medians(target: TargetName, outcomes: HttpOutcome[]): Row {
  const middle = (key: keyof HttpOutcome) => median(outcomes.map((outcome) => outcome[key]));
  return {
    target,
    rates: outcomes.map(({ perSecond }) => perSecond),
    perSecond: middle('perSecond'),
    p50: middle('p50'),
    p99: middle('p99'),
    appCpu: middle('appCpu'),
    databaseCpu: middle('databaseCpu'),
    sentShare: middle('sentShare'),
  };
}

function httpTable(rows: Row[]): string {
  const accepts = rows.find(({ target }) => target === ACCEPTS);
  return table(
    [
      'server',
      'requests/s',
      'min-max',
      'API process ÷ it',
      'p50, ms',
      'p99',
      'app / database CPU s/1000',
      'sent meanwhile',
    ],
    rows.map((row) => [
      row.target,
      number(row.perSecond),
      `${number(Math.min(...row.rates))}-${number(Math.max(...row.rates))}`,
      number(accepts && accepts.perSecond / row.perSecond, 2),
      number(row.p50),
      number(row.p99),
      `${number(row.appCpu, 3)} / ${number(row.databaseCpu, 3)}`,
      row.target === SENDS_TOO ? `${number(row.sentShare * 100)} %` : '-',
    ]),
  );
}
