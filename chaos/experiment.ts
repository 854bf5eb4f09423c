import { setTimeout as sleep } from 'node:timers/promises';
import { openScene, type Scene, type SceneOptions } from './scene.ts';
import { handedOver, savedOutcomes, settle } from './settle.ts';
import { UNEXPLAINED } from './watch.ts';

export type Settings = { kills: number; rate: number; port: number; seconds: number };

/** One fault, as far as it was over: milliseconds of the epoch. */
export type Recovery = {
  /** When the fault was made, and when what was broken had been started again. */
  from: number;
  to: number;
  /** Milliseconds from the fault until a provider was called again. */
  nextCallMs?: number;
  /** Milliseconds from the fault until a provider had accepted all that we had accepted before it. */
  backlogMs?: number;
};

export type Experiment = {
  processes: SceneOptions['processes'];
  /** Breaks things while load runs. */
  run(scene: Scene, settings: Settings): Promise<Recovery[]>;
};

export type Count = {
  experiment: string;
  faults: number;
  rate: number;
  accepted: number;
  /** Requests that were answered otherwise, by status. */
  notAccepted: Record<string, number>;
  skipped: number;
  /** Accepted messages that did not end in time. */
  lost: number;
  /** Accepted messages whose service was told more than once. */
  toldTwice: number;
  sentTwice: number;
  sentTwiceWhy: Record<string, number>;
  nextCallMs: Spread | null;
  backlogMs: Spread | null;
  /** From the end of a fault to the end of the first second at 90 % of the offered rate. */
  fullRateMs: Spread | null;
  lastOneEndedAfterMs: number;
};

type Spread = { median: number; worst: number };

const FULL_RATE = 0.9;
const WARM_UP_MS = 3000;
const AFTERWARDS_MS = 6000;

/** Runs an experiment from nothing to nothing, and counts at the outer ends. */
export async function count(experiment: string, what: Experiment, settings: Settings): Promise<Count> {
  const { rate, port } = settings;
  const ports = Array.from({ length: 2 + 2 * what.processes.length }, (_, index) => port + index);
  const scene = await openScene({ processes: what.processes, rate, ports });
  try {
    const { load, watch, postgres } = scene;
    load.start();
    await sleep(WARM_UP_MS);
    const recoveries = await what.run(scene, settings);
    await sleep(AFTERWARDS_MS);
    await load.stop();
    const ids = [...load.accepted.keys()];
    const { unfinished, ms } = await settle(postgres.database, ids);
    watch.look();
    const saved = await savedOutcomes(postgres.database, watch.repeated());
    const repeats = watch.repeats((id, before) => saved.get(id)?.some((at) => at < before) ?? false);
    await scene.stopPrograms();
    for (const { reference, times } of repeats.unexplained.slice(0, 5)) {
      console.error(`unexplained repeat of ${reference}: ${times.map((at) => new Date(at).toISOString()).join(', ')}`);
    }
    return {
      experiment,
      faults: recoveries.length,
      rate,
      accepted: load.accepted.size,
      notAccepted: load.refused,
      skipped: load.skipped,
      lost: unfinished.length,
      toldTwice: ids.filter((id) => watch.timesTold(id) > 1).length,
      sentTwice: repeats.total,
      sentTwiceWhy: repeats.reasons,
      nextCallMs: spread(recoveries.map(({ nextCallMs }) => nextCallMs)),
      backlogMs: spread(recoveries.map(({ backlogMs }) => backlogMs)),
      fullRateMs: spread(
        recoveries.map(({ to }, index) => watch.fullRateAfter(to, rate * FULL_RATE, recoveries[index + 1]?.from)),
      ),
      lastOneEndedAfterMs: ms,
    };
  } finally {
    await scene.close();
  }
}

/** Whether what must never happen did not. */
export function isSound({ lost, sentTwiceWhy }: Count): boolean {
  return lost === 0 && !sentTwiceWhy[UNEXPLAINED];
}

function spread(values: (number | null | undefined)[]): Spread | null {
  const known = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const median = known[known.length >> 1];
  const worst = known.at(-1);
  return median === undefined || worst === undefined ? null : { median, worst };
}

/** When a provider had accepted all that we accepted in the seconds before `at`, in milliseconds after `at`. */
export async function backlogHandedOver({ load, postgres }: Scene, at: number): Promise<number> {
  const before = [...load.accepted].filter(([, acceptedAt]) => acceptedAt <= at && acceptedAt > at - 10_000);
  await handedOver(
    postgres.database,
    before.map(([id]) => id),
  );
  return Date.now() - at;
}
