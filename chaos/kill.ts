import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { Load } from './load.ts';
import { Program } from './program.ts';
import { settle } from './settle.ts';
import { Watch } from './watch.ts';

/**
 * Kills the only process again and again while texts flow, then counts: accepted, lost, sent twice and why.
 * `npm run chaos -- kill --kills 20 --rate 200`
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    port: { type: 'string', default: '7311' },
  },
});
const port = Number(values.port);
const dataDir = mkdtempSync(path.join(tmpdir(), 'notify-chaos-'));
const apiUrl = `http://127.0.0.1:${port}`;
const sandbox: Sandbox = await startSandbox({ port: port + 2, apiUrl });
const program = new Program({
  DATA_DIR: dataDir,
  PORT: String(port),
  CONSOLE_PORT: String(port + 1),
  SANDBOX_PORT: String(port + 2),
  SERVICES: 'api,delivery,callbacks',
});
const watch = new Watch(sandbox);

await program.start();
const load = new Load(() => program.demo(), Number(values.rate));
load.start();
const backMs: number[] = [];
for (let kill = 0; kill < Number(values.kills); kill++) {
  await sleep(500 + Math.random() * 1500);
  watch.look();
  await program.kill();
  watch.killed();
  const killedAt = Date.now();
  await program.start();
  backMs.push(await watch.firstCallAfter(killedAt));
}
await sleep(1000);
await load.stop();
const { unfinished, ms } = await settle(program, [...load.accepted.keys()]);
watch.look();
await program.stop();
await sandbox.stop();
rmSync(dataDir, { recursive: true, force: true });

const repeats = watch.repeats();
console.log(
  JSON.stringify(
    {
      kills: Number(values.kills),
      accepted: load.accepted.size,
      notAccepted: load.refused,
      lost: unfinished.length,
      sentTwice: repeats.total,
      sentTwiceThoughSettledBeforeTheKill: repeats.unexplained,
      sentTwicePerKill: Number((repeats.total / Number(values.kills)).toFixed(2)),
      killToNextProviderCallMs: {
        median: backMs.toSorted((a, b) => a - b)[backMs.length >> 1],
        max: Math.max(...backMs),
      },
      lastOneFinishedAfterMs: ms,
    },
    null,
    2,
  ),
);
process.exit(unfinished.length > 0 || repeats.unexplained > 0 ? 1 : 0);
