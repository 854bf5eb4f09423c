import { EXAMPLE_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { EXAMPLE_NOTIFICATION } from '../../src/actors/notification.ts';
import type { Clock } from '../../src/runtime/clock.ts';
import { Pool } from '../../src/runtime/pool.ts';
import { Runtime } from '../../src/runtime/runtime.ts';
import { actorTypes } from './actor-types.ts';
import { remoteStore } from './remote-store.ts';
import type { Role } from './scenario.ts';
import type { Entry } from './virtual-time.ts';
import type { World } from './world.ts';

const LOOK_MS = 1000;
/** As the real registry: a process is taken for dead when it was missed so often in a row. */
const MISSES = 2;
const SHUTDOWN_MS = 9000;

/** One process with the real runtime in it. When it dies, nothing that it began goes on. */
export class SimulatedProcess {
  readonly number: number;
  readonly role: Role;
  readonly runtime: Runtime;
  alive = true;
  /** Clients still send to it. */
  open = true;
  /** Others do not see it until then, although it lives. */
  hiddenUntil = 0;
  readonly #world: World;
  readonly #pools: Record<string, Pool>;
  readonly #others = new Map<number, number>();
  #clockOffsetMs = 0;

  constructor(world: World, number: number, role: Role) {
    this.#world = world;
    this.number = number;
    this.role = role;
    this.#pools = Object.fromEntries(Object.entries(role.pools).map(([name, options]) => [name, new Pool(options)]));
    const clock = this.#clock();
    this.runtime = new Runtime({
      store: remoteStore(world, this),
      clock,
      membership: { node: number, liveOthers: () => [...this.#others.keys()] },
      dispatch: world.dispatchOf(this),
      pools: this.#pools,
      leaseMs: world.leaseMs,
      tickMs: world.tickMs,
      log: {
        error: (facts, message) => world.findings.note(`${number} ${message}: ${errorIn(facts)}`),
        warn: (facts, message) => world.findings.note(`${number} ${message}: ${errorIn(facts)}`),
      },
    });
    const { notification, callback } = actorTypes(world, this);
    this.runtime.register(notification, EXAMPLE_NOTIFICATION);
    this.runtime.register(callback, EXAMPLE_CALLBACK);
  }

  /** Joins the others, and begins to work. */
  join(): void {
    this.#look();
    this.#expireLeases();
    this.runtime.run();
  }

  /** Everything in memory is lost at once. */
  crash(): void {
    if (!this.alive) return;
    this.#leave('crashes');
  }

  /** Ends as a deployment ends it: what runs may finish for a while. */
  stop(): void {
    if (!this.open) return;
    this.open = false;
    this.#world.findings.note(`${this.number} stops`);
    void this.runtime.stop(SHUTDOWN_MS).then(() => {
      if (this.alive) this.#leave('has stopped');
    });
  }

  /** Runs `work` later, if the process still lives then. It may die just before or after it. */
  after(ms: number, kind: 'idle' | 'work', work: () => void): Entry {
    return this.#world.time.after(ms, kind, () => {
      if (!this.alive) return;
      this.#world.disturb(this);
      if (this.alive) work();
    });
  }

  stepClock(ms: number): void {
    this.#clockOffsetMs = ms;
  }

  /** Places that are taken although nothing runs or waits. */
  leakedPlaces(): string[] {
    return Object.entries(this.#pools)
      .filter(([, { held }]) => held > 0)
      .map(([name]) => name);
  }

  get isIdle(): boolean {
    return Object.values(this.runtime.load()).every(({ running, queued }) => running + queued === 0);
  }

  #leave(how: string): void {
    this.#world.findings.note(`${this.number} ${how}`);
    this.alive = false;
    this.open = false;
    this.#world.left(this);
  }

  /** Who lives, as the real registry tells it: late, and now and then wrongly. */
  #look(): void {
    const seen = new Set(this.#world.visible().filter((number) => number !== this.number));
    for (const number of seen) this.#others.set(number, 0);
    let lost = false;
    for (const [number, misses] of this.#others) {
      if (seen.has(number)) continue;
      if (misses + 1 < MISSES) this.#others.set(number, misses + 1);
      else {
        this.#others.delete(number);
        lost = true;
      }
    }
    if (lost) this.#expireLeases();
    this.after(LOOK_MS, 'idle', () => this.#look());
  }

  #expireLeases(): void {
    const { store, clock } = this.runtime.options;
    const living = new Set([this.number, ...this.#others.keys(), ...this.#world.visible()]);
    const dead = this.#world.processes.map(({ number }) => number).filter((number) => !living.has(number));
    for (const type of this.#world.store.tables.keys()) store.expireLeases(type, dead, clock.now()).catch(() => {});
  }

  #clock(): Clock {
    return {
      now: () => Math.floor(this.#world.time.now + this.#clockOffsetMs),
      defer: (work) => {
        this.after(0, 'work', work);
      },
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          const entry = this.after(ms, signal ? 'idle' : 'work', () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          });
          const stop = () => {
            this.#world.time.cancel(entry);
            resolve();
          };
          signal?.addEventListener('abort', stop, { once: true });
        }),
    };
  }
}

function errorIn(facts: object): string {
  return 'err' in facts ? String(facts.err) : '';
}
