import { parseArgs } from 'node:util';
import { type Count, count, type Experiment, isSound } from './experiment.ts';
import { kill } from './kill.ts';
import { nats, postgresCrash, postgresPause, postgresRestart } from './outage.ts';
import { ALL_IN_ONE, ONE_API_TWO_WORKERS } from './scene.ts';
import { table } from './table.ts';

/** `npm run chaos -- kill --kills 20 --rate 200`: breaks real processes under load, and counts. `all` runs each. */
const EXPERIMENTS: Record<string, Experiment> = {
  kill: kill([ALL_IN_ONE]),
  cluster: kill(ONE_API_TWO_WORKERS),
  'postgres-restart': postgresRestart,
  'postgres-crash': postgresCrash,
  'postgres-pause': postgresPause,
  nats,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    port: { type: 'string', default: '7311' },
    seconds: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
  },
});
const settings = {
  kills: Number(values.kills),
  rate: Number(values.rate),
  port: Number(values.port),
  seconds: Number(values.seconds),
};
const names = positionals[0] === 'all' ? Object.keys(EXPERIMENTS) : positionals;
const chosen = names.map((name) => ({ name, experiment: EXPERIMENTS[name] }));
const counts: Count[] = [];
for (const { name, experiment } of chosen) {
  if (!experiment) {
    console.error(`There is no experiment ${name}: ${Object.keys(EXPERIMENTS).join(', ')}, all`);
    process.exit(1);
  }
  counts.push(await count(name, experiment, settings));
}
if (counts.length === 0) console.error(`Which? ${Object.keys(EXPERIMENTS).join(', ')}, all`);
console.log(values.json ? JSON.stringify(counts, null, 2) : table(counts));
process.exit(counts.length > 0 && counts.every(isSound) ? 0 : 1);
