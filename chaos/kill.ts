import { setTimeout as sleep } from 'node:timers/promises';
import { backlogHandedOver, type Experiment, type Recovery } from './experiment.ts';

/** Between a restart and the next kill, at least and at most. */
const PAUSE_MS = [500, 2000] as const;

/** Kills a process chosen at random, again and again, and starts it again at once. */
export const kill = (processes: Experiment['processes']): Experiment => ({
  processes,
  run: async (scene, { kills }) => {
    const { programs, watch } = scene;
    const recoveries: Recovery[] = [];
    for (let done = 0; done < kills; done++) {
      await sleep(PAUSE_MS[0] + Math.random() * (PAUSE_MS[1] - PAUSE_MS[0]));
      const program = programs[Math.floor(Math.random() * programs.length)];
      if (!program) throw new Error('There is nothing to kill');
      const whole = watch.breaks('in flight when its process was killed');
      const from = Date.now();
      await program.kill();
      whole();
      const backlog = backlogHandedOver(scene, from);
      await program.start();
      const to = Date.now();
      const nextCallMs = await watch.nextCallAfter(from + 1);
      recoveries.push({ from, to, nextCallMs, backlogMs: await backlog });
    }
    return recoveries;
  },
});
