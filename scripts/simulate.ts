import { parseArgs } from 'node:util';
import { runSchedule } from '../test/simulation/schedule.ts';

/** Runs schedules of the simulation, one seed each, and shows the diary of the first that breaks a promise. */
const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    all: { type: 'boolean' },
  },
});
const first = Number(values.seed);
const count = Number(values.schedules);
let broken = 0;
let turns = 0;
const began = performance.now();
for (let seed = first; seed < first + count; seed++) {
  const outcome = await runSchedule(seed);
  turns += outcome.turns;
  if (outcome.broken.length === 0) continue;
  broken++;
  console.log(`seed ${seed}: ${outcome.broken.join('; ')}`);
  if (values.all) continue;
  console.log(outcome.diary.join('\n'));
  break;
}
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`${count} schedules from seed ${first}: ${turns} turns, ${broken} broken, ${seconds} s`);
process.exitCode = broken > 0 ? 1 : 0;
