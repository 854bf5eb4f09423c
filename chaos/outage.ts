import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from './experiment.ts';
import { ONE_API_TWO_WORKERS, type Scene } from './scene.ts';

const AFTERWARDS_MS = 10_000;

type Outage = { what: string; breakIt(scene: Scene, seconds: number): Promise<void>; times: number };

/** Takes a server away while three processes work, gives it back, and waits until they have recovered. */
function outage({ what, breakIt, times }: Outage): Experiment {
  return {
    processes: ONE_API_TWO_WORKERS,
    run: async (scene, { seconds }) => {
      const recoveries = [];
      for (let done = 0; done < times; done++) {
        const whole = scene.watch.breaks(what);
        const from = Date.now();
        await breakIt(scene, seconds);
        whole();
        const to = Date.now();
        const nextCallMs = (await scene.watch.nextCallAfter(to)) + to - from;
        recoveries.push({ from, to, nextCallMs });
        await sleep(AFTERWARDS_MS);
      }
      return recoveries;
    },
  };
}

export const postgresRestart = outage({
  what: 'in flight when PostgreSQL was restarted',
  times: 3,
  breakIt: async ({ postgres }) => {
    await postgres.stop();
    await postgres.start();
  },
});

export const postgresCrash = outage({
  what: 'in flight when PostgreSQL crashed',
  times: 3,
  breakIt: ({ postgres }) => postgres.crash(),
});

export const postgresPause = outage({
  what: 'in flight when PostgreSQL stood still',
  times: 1,
  breakIt: async ({ postgres }, seconds) => {
    const goOn = await postgres.hold();
    try {
      await sleep(seconds * 1000);
    } finally {
      goOn();
    }
  },
});

export const nats = outage({
  what: 'on its way when NATS was killed',
  times: 3,
  breakIt: async (scene) => {
    await scene.nats?.kill();
    await sleep(5000);
    await scene.nats?.start();
  },
});
