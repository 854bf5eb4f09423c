import { DELIVERY_STATUS_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { MemoryStore } from './memory-store.ts';
import { Prng } from './prng.ts';
import { drawScenario } from './scenario.ts';
import { World } from './world.ts';

export type Outcome = { seed: number; broken: string[]; diary: string[]; turns: number; notifications: number };

export type Plant = {
  /** A store with a mistake in it. */
  store?: () => MemoryStore;
  /** Turns after which a schedule counts as one that never rests. */
  maxTurns?: number;
};

const MAX_TURNS = 150_000;

/** One small world, drawn from its seed, from the first request until nothing is left to happen. */
export async function runSchedule(seed: number, { store, maxTurns = MAX_TURNS }: Plant = {}): Promise<Outcome> {
  const prng = new Prng(seed);
  const scenario = drawScenario(prng);
  const world = new World(scenario, store?.() ?? new MemoryStore(), prng);
  world.begin();
  let turns = 0;
  while (!isQuiet(world) && world.findings.broken.length === 0) {
    if (++turns > maxTurns) {
      world.findings.report('It never comes to rest');
      break;
    }
    skipIdleTime(world);
    await world.time.step();
  }
  if (world.findings.broken.length === 0) judge(world);
  const { broken, diary } = world.findings;
  for (const process of world.processes) process.alive = false;
  return { seed, broken, diary, turns, notifications: scenario.fates.length };
}

/** Every actor has ended, or waits in `sent`, and nobody has anything to do or to say. */
function isQuiet({ time, store, processes, accepted }: World): boolean {
  if (time.count('work') + time.count('world') > 0 || accepted.size === 0) return false;
  const isWaiting = [...store.rows()].some(({ wakeAt, state }) => wakeAt !== null && state !== 'sent.awaitingReceipt');
  return !isWaiting && processes.some(({ alive }) => alive);
}

/** While no process is in the middle of anything, nothing can happen before the next deadline or the next call. */
function skipIdleTime({ time, store, tickMs }: World): void {
  if (time.count('work') > 0) return;
  let next = time.nextInWorld();
  for (const { wakeAt } of store.rows()) if (wakeAt !== null) next = Math.min(next, wakeAt);
  if (next > time.now + 2 * tickMs && Number.isFinite(next)) time.skipTo(next - 1);
}

function judge(world: World): void {
  const { findings, store, accepted, processes } = world;
  for (const id of accepted) if (!store.table(NOTIFICATION).has(id)) findings.report(`${id} was accepted and is lost`);
  const callbacks = [...store.table(DELIVERY_STATUS_CALLBACK).values()].map(
    ({ context }) => context as { notificationId: string },
  );
  for (const { id, state, context } of store.table(NOTIFICATION).values()) {
    const told = callbacks.filter(({ notificationId }) => notificationId === id).length;
    const { serviceId, attempts } = context as { serviceId: string; attempts: number };
    const isWanted = findings.isFinal(NOTIFICATION, state) && world.service(serviceId).wantsCallbacks;
    if (told !== (isWanted ? 1 : 0)) findings.report(`${id} ended as ${state} and has ${told} callbacks`);
    if (attempts > 49 + 6) findings.report(`${id} was attempted ${attempts} times`);
  }
  if (world.unanswered() > 0) findings.report(`${world.unanswered()} questions were never answered`);
  for (const process of processes.filter(({ alive }) => alive)) {
    if (!process.isIdle) findings.report(`Process ${process.number} still has something in memory`);
    for (const pool of process.leakedPlaces()) findings.report(`Process ${process.number} has lost places of ${pool}`);
  }
}
