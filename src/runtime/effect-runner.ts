import { leaseEnd } from './deadlines.ts';
import type { RuntimeOptions } from './options.ts';
import type { Place } from './pool.ts';
import type { Registered } from './registered.ts';
import type { Row } from './row.ts';
import type { Runtime } from './runtime.ts';
import type { Owed } from './stepper.ts';

type Held = { actor: Registered; row: Row; leaseUntil: number; begun: boolean };

/** Runs owed effects in their pools, keeps their leases alive meanwhile, and brings the outcome back as an event. */
export class EffectRunner {
  readonly #runtime: Pick<Runtime, 'conclude'>;
  readonly #options: RuntimeOptions;
  readonly #held = new Map<string, Held>();
  #stopping = new AbortController();
  #hasEnded = false;
  #renewing: Promise<void> = Promise.resolve();

  constructor(runtime: Pick<Runtime, 'conclude'>, options: RuntimeOptions) {
    this.#runtime = runtime;
    this.#options = options;
  }

  run(): void {
    this.#hasEnded = false;
    this.#stopping = new AbortController();
    this.#renewing = this.#renew(this.#stopping.signal);
  }

  async stop(graceMs: number): Promise<void> {
    const { pools, clock } = this.#options;
    this.#stopping.abort();
    await this.#renewing;
    this.run();
    const waiting = [...this.#held.values()].filter(({ begun }) => !begun);
    for (const held of waiting) this.#held.delete(held.row.id);
    await Promise.all(waiting.map(({ actor, row }) => this.giveBack(actor, row)));
    const idle = Promise.all(Object.values(pools).map((pool) => pool.idle()));
    const patience = new AbortController();
    await Promise.race([idle, clock.sleep(graceMs, patience.signal)]);
    patience.abort();
    this.#stopping.abort();
    this.#hasEnded = true;
  }

  /** Whether the effect that `row` owes is in hand: not an earlier one of the same row. */
  isHeld(row: Row): boolean {
    const held = this.#held.get(row.id);
    return held !== undefined && owedBy(held.actor, held.row) === owedBy(held.actor, row);
  }

  /** The held effect goes on under the row's new version and lease. */
  rehold(row: Row): void {
    const held = this.#held.get(row.id);
    if (!held) return;
    held.row = row;
    held.leaseUntil = leaseEnd(held.actor.stepper, row) ?? held.leaseUntil;
  }

  /** A held row was stepped. An effect that it does not owe any longer is not begun. */
  follow(row: Row, owesTheSame: boolean): void {
    const held = this.#held.get(row.id);
    if (!held) return;
    if (owesTheSame && held.actor.stepper.shape(row.state).invoke) held.row = row;
    else if (!held.begun) this.#held.delete(row.id);
  }

  /** Runs the effect that `row` owes, in its place. */
  run1(actor: Registered, row: Row, payload: object | null, leaseUntil: number, place: Place): void {
    const held: Held = { actor, row, leaseUntil, begun: false };
    this.#held.set(row.id, held);
    place.run(() => this.#execute(held, payload));
  }

  /** Makes a row that owes an effect due again, for whoever has room. */
  async giveBack(actor: Registered, row: Row): Promise<void> {
    const { store, clock } = this.#options;
    const now = clock.now();
    const timers = row.timers ? [...row.timers.slice(0, -1), now] : null;
    try {
      await store.renew(actor.type.name, [{ ...row, wakeAt: now, leasedBy: null, timers }]);
    } catch (error) {
      this.#options.log.warn({ err: error, id: row.id }, 'A row was not given back; its lease will end');
    }
  }

  async #execute(held: Held, payload: object | null): Promise<void> {
    const { actor, row } = held;
    if (this.#held.get(row.id) !== held) return;
    const owed = actor.stepper.owed(row.state, row.context);
    const handler = owed && actor.type.effects[owed.src];
    if (!owed || !handler || held.leaseUntil <= this.#options.clock.now()) {
      this.#held.delete(row.id);
      return;
    }
    held.begun = true;
    const event = await this.#outcome(held, owed, () =>
      handler(owed.input as never, {
        id: row.id,
        context: row.context,
        payload: () => this.#payload(actor, row.id, payload),
        at: this.#options.clock.now(),
      }),
    );
    // Nobody waits any more and the store is closed: the lease ends, and the next holder knows the outcome as lost.
    if (this.#hasEnded) return;
    try {
      await this.#runtime.conclude(actor, held.row, event, payload);
    } catch (error) {
      this.#options.log.error({ err: error, actor: actor.type.name, id: row.id }, 'An outcome could not be recorded');
    } finally {
      if (this.#held.get(row.id) === held) this.#held.delete(row.id);
    }
  }

  /** The outcome as XState's own event; a failure also carries the input, which says what was tried. */
  async #outcome({ actor, row }: Held, { id, input }: Owed, run: () => Promise<unknown>) {
    try {
      const output = await run();
      return { type: `xstate.done.actor.${id}`, output, actorId: id, at: this.#options.clock.now() };
    } catch (error) {
      this.#options.log.error({ err: error, actor: actor.type.name, id: row.id, effect: id }, 'An effect failed');
      return { type: `xstate.error.actor.${id}`, error, input, actorId: id, at: this.#options.clock.now() };
    }
  }

  async #payload(actor: Registered, id: string, known: object | null): Promise<object> {
    const payload = known ?? (await actor.payloads.add(id));
    if (!payload) throw new Error(`${actor.type.name} ${id} has no payload`);
    return payload;
  }

  /** Looks three times a lease for those that are more than half over, and renews them in one statement. */
  async #renew(signal: AbortSignal): Promise<void> {
    const { clock, leaseMs, membership } = this.#options;
    for (;;) {
      await clock.sleep(leaseMs / 3, signal);
      if (signal.aborted) return;
      const until = clock.now() + leaseMs;
      const byActor = new Map<Registered, Held[]>();
      for (const held of this.#held.values()) {
        if (held.leaseUntil - clock.now() > leaseMs / 2) continue;
        const group = byActor.get(held.actor);
        if (group) group.push(held);
        else byActor.set(held.actor, [held]);
      }
      for (const [actor, group] of byActor) await this.#renewGroup(actor, group, until, membership.node);
    }
  }

  async #renewGroup(actor: Registered, group: Held[], until: number, node: number): Promise<void> {
    const known = group.map(({ row }) => row);
    const rows = known.map((row) => {
      const timers = row.timers ? [...row.timers.slice(0, -1), until] : null;
      return { ...row, wakeAt: Math.min(until, ...(timers ?? [])), leasedBy: node, timers };
    });
    try {
      const kept = await this.#options.store.renew(actor.type.name, rows);
      group.forEach((held, index) => {
        if (kept[index]) held.leaseUntil = until;
        else if (!held.begun && held.row === known[index]) this.#held.delete(held.row.id);
      });
    } catch (error) {
      this.#options.log.warn({ err: error, rows: rows.length }, 'Leases were not renewed this time');
    }
  }
}

function owedBy({ stepper }: Registered, { state, context }: Row): string {
  return JSON.stringify(stepper.owed(state, context));
}
