import type { ActorType, ChildStart, Moment } from './actor-type.ts';
import { statusOf } from './actor-type.ts';
import { type Lease, leaseEnd, rest } from './deadlines.ts';
import type { Hint } from './dispatch.ts';
import { EffectRunner } from './effect-runner.ts';
import { eventName } from './event-name.ts';
import { Overloaded } from './group-commit.ts';
import { IN_TRANSIT } from './membership.ts';
import type { RuntimeOptions } from './options.ts';
import type { Place } from './pool.ts';
import { type Registered, registered } from './registered.ts';
import { type NewRow, type Row, TIMER_POOL } from './row.ts';
import { Serial } from './serial.ts';
import type { Decision } from './stepper.ts';
import { TakenHints } from './taken-hints.ts';
import { Waker } from './waker.ts';

/** What became of an event: the chart took it, or refused it in the state it is in, or there is no such row. */
export type Sent =
  | { outcome: 'accepted'; from: string; to: string }
  | { outcome: 'refused'; state: string; context: object }
  | { outcome: 'unknown' };

export type ActorEvent = { type: string; at?: number; [fact: string]: unknown };

/** Who is to run an effect; `here` is its place in this process's pool. */
type Assignment = { lease: Lease; here: Place | null };

/** Events from outside that may wait for the store at once: their senders are told to come again. */
const MAX_WAITING_EVENTS = 10_000;

/**
 * Runs statecharts durably: an actor is a row, a step is one conditional write, and the state that is written owes the
 * effect that it invokes. Nothing in memory is needed to go on: a row's deadline finds it again.
 */
export class Runtime {
  readonly options: RuntimeOptions;
  readonly #actors = new Map<string, Registered>();
  readonly #serial = new Serial();
  readonly #hints = new TakenHints();
  readonly #runner: EffectRunner;
  readonly #waker: Waker;
  #sending = 0;
  #isStopping = false;

  constructor(options: RuntimeOptions) {
    this.options = options;
    this.#runner = new EffectRunner(this, options);
    this.#waker = new Waker(this, options);
  }

  /** Adds a kind of actor. `exampleInput` is any input that the chart accepts. */
  register<C extends object, P extends object>(type: ActorType<C, P>, exampleInput: unknown): void {
    const { store, clock } = this.options;
    this.#actors.set(type.name, registered(type as unknown as ActorType, exampleInput, store, clock));
  }

  /** Begins to claim due rows and to renew leases. */
  run(): void {
    this.#isStopping = false;
    this.#waker.run([...this.#actors.values()]);
    this.#runner.run();
  }

  /**
   * Stops claiming, lets running effects finish for `graceMs`, and gives back the rows whose effect has not begun, so
   * that others take them at once. Hints that still come are given back too.
   */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#waker.stop();
    await this.#runner.stop(graceMs);
  }

  /**
   * Makes a new actor durable. Repeating it with the same id changes nothing and answers `exists`.
   *
   * @throws {Overloaded} where the store could not be asked in time: the actor does not exist.
   */
  async start(name: string, id: string, input: unknown, payload?: object): Promise<'started' | 'exists'> {
    const actor = this.actor(name);
    const { made, settle } = this.#begin(actor, { id, input, payload: payload ?? null });
    return (await settled(actor.inserts.add(made), settle)) ? 'started' : 'exists';
  }

  /**
   * Gives an event to an actor. Resolves when the step is durable. An event that the chart does not accept in the
   * present state changes nothing: late, repeated and misplaced events are harmless.
   *
   * @throws {Overloaded} where too many events wait for the store already.
   */
  async send(name: string, id: string, event: ActorEvent): Promise<Sent> {
    if (this.#sending >= MAX_WAITING_EVENTS) throw new Overloaded();
    this.#sending++;
    try {
      return await this.#serial.run(id, () => this.#send(name, id, event));
    } finally {
      this.#sending--;
    }
  }

  async #send(name: string, id: string, event: ActorEvent): Promise<Sent> {
    const actor = this.actor(name);
    const guess = actor.recent.get(id);
    const guessed = guess && (await this.#advance(actor, guess, event, null));
    if (guessed?.outcome === 'accepted') return guessed;
    for (;;) {
      const row = await actor.loads.add(id);
      if (!row) return { outcome: 'unknown' };
      const sent = await this.#advance(actor, row, event, null);
      if (sent) return sent;
    }
  }

  /**
   * Takes a hint from another node. A copy is dropped; so is one that comes when half of its lease is over, for the
   * effect could begin before the lease is this node's own. The deadline finds the row. A row that this process cannot
   * run, for it stops or its chart is of another version, is given back at once.
   */
  receive({ type, row, payload }: Hint): void {
    const { clock, leaseMs } = this.options;
    const actor = this.actor(type);
    if (this.#isStopping || !actor.states.has(row.state)) return void this.#runner.giveBack(actor, row);
    const end = leaseEnd(actor.stepper, row);
    const now = clock.now();
    if (end === null || end - now < leaseMs / 2 || hasMovedOn(actor, row)) return;
    if (!this.#hints.take(row, end, now)) return;
    const place = this.options.pools[row.pool]?.reserve(actor.type.fairnessKey(row.context));
    if (place) this.#runner.run1(actor, row, payload, end, place);
    else void this.#runner.giveBack(actor, row);
  }

  /** @throws for a name that was not registered. */
  actor(name: string): Registered {
    const actor = this.#actors.get(name);
    if (!actor) throw new Error(`No actor is called ${name}`);
    return actor;
  }

  /** The context of a row as this node last saved it; undefined where that is not known. It may have moved on. */
  recent(name: string, id: string): object | undefined {
    return this.actor(name).recent.get(id)?.context;
  }

  /** Counts of what waits and runs, for operators and metrics. */
  load(): Record<string, { running: number; queued: number }> {
    const entries = Object.entries(this.options.pools);
    return Object.fromEntries(entries.map(([name, { running, queued }]) => [name, { running, queued }]));
  }

  /** Steps a row that this node holds, from the state it knows; reads it again only if it has moved on. */
  async conclude(actor: Registered, row: Row, event: ActorEvent, payload: object | null): Promise<void> {
    await this.#serial.run(row.id, async () => {
      for (let known: Row | null = row; known; known = await actor.loads.add(row.id)) {
        if (await this.#advance(actor, known, event, payload)) return;
      }
    });
  }

  /** Takes up the effect that a claimed row owes. */
  resume(actor: Registered, row: Row): void {
    if (hasMovedOn(actor, row)) return;
    const end = leaseEnd(actor.stepper, row);
    const place =
      end === null ? null : this.options.pools[row.pool]?.reserveForClaimed(actor.type.fairnessKey(row.context));
    if (end !== null && place) this.#runner.run1(actor, row, null, end, place);
    else void this.#runner.giveBack(actor, row);
  }

  /**
   * Gives a row that was just claimed the event of its deadline. A row that has moved on since then has another
   * deadline, which is not over: the event is not meant for it. Where this node does not run the effect that follows, no
   * other is hinted at: a node that died a moment ago would get the hint too, and the work be lost once more.
   */
  async elapse(actor: Registered, row: Row, event: ActorEvent): Promise<void> {
    await this.#serial.run(row.id, () => this.#advance(actor, row, event, null, false));
  }

  /** Whether this node has the effect that the row owes in its hands. */
  isHeld(row: Row): boolean {
    return this.#runner.isHeld(row);
  }

  /** The held effect goes on under the row's new version. */
  rehold(row: Row): void {
    this.#runner.rehold(row);
  }

  /** One step; null where the row has moved on since it was read. */
  async #advance(
    actor: Registered,
    row: Row,
    event: ActorEvent,
    payload: object | null,
    mayHint = true,
  ): Promise<Sent | null> {
    const timed = { ...event, at: event.at ?? this.options.clock.now() };
    const decision = actor.stepper.step(row.state, row.context, timed);
    if (!decision.accepted) return { outcome: 'refused', state: row.state, context: row.context };
    const { context, state } = decision;
    const moment = { id: row.id, context, event: timed, from: statusOf(row.state), to: statusOf(state) };
    const starts = await this.#childStarts(actor, decision, moment);

    const placed = this.#placed(actor, row, decision, payload, mayHint);
    const children = starts.map((start) => this.#begin(this.actor(start.type), start));
    const settle = (saved: boolean) => {
      if (saved) this.#runner.follow(placed.row, decision.begun === null);
      placed.settle(saved);
      for (const child of children) child.settle(saved);
    };
    const trail = { at: timed.at, event: eventName(event.type).name, state };
    const change = { row: placed.row, trail, children: children.map(({ made }) => made) };
    if (!(await settled(actor.commits.add(change), settle))) {
      actor.recent.forget(row.id);
      return null;
    }
    this.#announce(actor, decision, moment);
    return { outcome: 'accepted', from: row.state, to: state };
  }

  /** The children that a step asks for. Nothing is reserved yet: what this reads may fail. */
  async #childStarts(actor: Registered, decision: Decision, moment: Moment<object>): Promise<ChildStart[]> {
    const makers = actor.type.children;
    const starts: ChildStart[] = [];
    for (const action of makers ? decision.actions : []) {
      const start = await makers?.[action]?.(moment);
      if (start) starts.push(start);
    }
    return starts;
  }

  /** A new actor's row, ready to be inserted, and what is to be done once it is or is not. */
  #begin(actor: Registered, { id, input, payload = null }: Omit<ChildStart, 'type'>) {
    const decision = actor.stepper.start(input);
    const nothing: Row = {
      id,
      state: '',
      version: 0,
      context: {},
      wakeAt: null,
      pool: '',
      leasedBy: null,
      timers: null,
    };
    const { row, settle } = this.#placed(actor, nothing, decision, payload);
    const trail = { at: this.options.clock.now(), event: 'start', state: row.state };
    const made: NewRow = { type: actor.type.name, row, payload, trail };
    return { made, settle };
  }

  /** The row after a decision, with a place reserved for the effect that it begins to owe. */
  #placed(actor: Registered, before: Row, decision: Decision, payload: object | null, mayHint = true) {
    const pool = (effect: string) => actor.type.pool(decision.context, effect);
    const assignment = this.#assign(actor, decision, mayHint);
    const row = rest(actor.stepper, before, decision, this.options.clock.now(), pool, assignment.lease);
    return { row, settle: (saved: boolean) => this.#settle(actor, row, payload, assignment, saved) };
  }

  /** Where the effect that a step begins to owe is to run: here, on another node, or when somebody has room for it. */
  #assign(actor: Registered, { begun, context }: Decision, mayHint: boolean): Assignment {
    const { pools, clock, membership, leaseMs, dispatch } = this.options;
    if (!begun) return { lease: null, here: null };
    const name = actor.type.pool(context, begun.src);
    if (this.#isStopping && pools[name]) return { lease: null, here: null };
    const until = clock.now() + leaseMs;
    if (pools[name]) {
      const here = pools[name].reserve(actor.type.fairnessKey(context));
      return { lease: here ? { node: membership.node, until } : null, here };
    }
    const isHinted = mayHint && dispatch.reaches(actor.type.name, name);
    return { lease: isHinted ? { node: IN_TRANSIT, until } : null, here: null };
  }

  #settle(actor: Registered, row: Row, payload: object | null, { lease, here }: Assignment, saved: boolean): void {
    const stands = saved && !hasMovedOn(actor, row);
    if (stands) actor.recent.keep(row);
    if (here) {
      if (stands && lease) this.#runner.run1(actor, row, payload, lease.until, here);
      else here.release();
    } else if (stands && lease) this.options.dispatch.send({ type: actor.type.name, row, payload });
    else if (saved && row.wakeAt !== null && row.pool === TIMER_POOL) this.#waker.expect(row.wakeAt);
  }

  #announce(actor: Registered, decision: Decision, moment: Moment<object>): void {
    for (const action of decision.actions) {
      try {
        actor.type.announcements?.[action]?.(moment);
      } catch (error) {
        this.options.log.error({ err: error, actor: actor.type.name, id: moment.id, action }, 'An announcement failed');
      }
    }
  }
}

/** Whether this node has saved a later version already: the store's answer was slower than the next step. */
function hasMovedOn(actor: Registered, { id, version }: Row): boolean {
  return (actor.recent.get(id)?.version ?? 0) > version;
}

/** Whether the store saved it; `settle` hears the same, and `false` where the store refused it. */
async function settled(saving: Promise<boolean>, settle: (saved: boolean) => void): Promise<boolean> {
  let saved = false;
  try {
    saved = await saving;
    return saved;
  } finally {
    settle(saved);
  }
}
