import { dueTimer } from './deadlines.ts';
import type { RuntimeOptions } from './options.ts';
import type { Registered } from './registered.ts';
import { type ClaimedRow, TIMER_POOL } from './row.ts';
import type { Runtime } from './runtime.ts';

const ROWS_A_CLAIM = 200;
/** A timer that the chart does not act on is looked at again after this. */
const UNHANDLED_TIMER_MS = 60_000;
/** A claim that took longer met a store that was away. */
const SLOW_CLAIM_MS = 1000;
/**
 * After the store was away, processes first save what they know: outcomes of effects whose leases ended meanwhile. It is
 * longer than `GroupCommit` ever waits between two tries.
 */
const SETTLE_MS = 2000;

/**
 * Finds rows whose deadline has passed: fires their timers, takes over the effects of nodes that are gone, and takes up
 * those that found no room when they were owed.
 */
export class Waker {
  readonly #runtime: Runtime;
  readonly #options: RuntimeOptions;
  #stopping = new AbortController();
  #loops: Promise<void>[] = [];
  #poke: AbortController = new AbortController();
  #earliest = Number.POSITIVE_INFINITY;
  #nap: AbortController = new AbortController();
  #storeWasAway = false;

  constructor(runtime: Runtime, options: RuntimeOptions) {
    this.#runtime = runtime;
    this.#options = options;
  }

  run(actors: Registered[]): void {
    this.#stopping = new AbortController();
    this.#loops = [this.#loop(actors, this.#stopping.signal)];
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#poke.abort();
    this.#nap.abort();
    await Promise.all(this.#loops);
  }

  /** A deadline that this process knows of: due ones are claimed then, not at the next tick. */
  expect(at: number): void {
    const now = this.#options.clock.now();
    if (at >= this.#earliest || at - now > this.#options.tickMs) return;
    this.#earliest = at;
    this.#nap.abort();
    const nap = new AbortController();
    this.#nap = nap;
    void this.#options.clock.sleep(Math.max(0, at - now), nap.signal).then(() => {
      if (!nap.signal.aborted) this.#poke.abort();
    });
  }

  async #loop(actors: Registered[], signal: AbortSignal): Promise<void> {
    const { clock, tickMs, log } = this.#options;
    while (!signal.aborted) {
      this.#earliest = Number.POSITIVE_INFINITY;
      this.#poke = new AbortController();
      try {
        if (this.#storeWasAway) await this.#letOthersSettle(actors, signal);
        await Promise.all(actors.map((actor) => this.#wake(actor, signal)));
      } catch (error) {
        this.#storeWasAway = true;
        log.warn({ err: error }, 'Due rows were not claimed this time');
      }
      if (!signal.aborted) await clock.sleep(tickMs, this.#poke.signal);
    }
  }

  /** @throws while the store cannot be reached. */
  async #letOthersSettle(actors: Registered[], signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#options;
    for (const { type } of actors.slice(0, 1)) await store.load(type.name, []);
    await clock.sleep(SETTLE_MS, signal);
    this.#storeWasAway = false;
  }

  async #wake(actor: Registered, signal: AbortSignal): Promise<void> {
    for (const pool of [TIMER_POOL, ...actor.type.pools.filter((name) => name in this.#options.pools)]) {
      while (!signal.aborted && !this.#storeWasAway && (await this.#claim(actor, pool)) === ROWS_A_CLAIM);
    }
  }

  /** @returns how many rows were claimed. */
  async #claim(actor: Registered, pool: string): Promise<number> {
    const { store, clock, membership, leaseMs, pools } = this.#options;
    const limit = pool === TIMER_POOL ? ROWS_A_CLAIM : Math.min(pools[pool]?.claimable ?? 0, ROWS_A_CLAIM);
    if (limit <= 0) return 0;
    const claim = {
      pool,
      limit,
      now: clock.now(),
      leaseMs,
      node: membership.node,
      liveOthers: membership.liveOthers(),
      states: [...actor.states],
    };
    const claimed = await store.claim(actor.type.name, claim);
    if (clock.now() - claim.now > SLOW_CLAIM_MS) this.#storeWasAway = true;
    await Promise.all(claimed.map((row) => this.#takeUp(actor, row, claim.now)));
    return claimed.length;
  }

  /** `now` is the claim's: what the row says was due then, and its lease began then. */
  async #takeUp(actor: Registered, { row, heldBefore }: ClaimedRow, now: number): Promise<void> {
    const { membership, leaseMs } = this.#options;
    try {
      const timer = dueTimer(actor.stepper, row, now);
      if (timer) return await this.#fire(actor, row, timer, heldBefore);
      const leased = { ...row, leasedBy: membership.node, ...leasedUntil(row.timers, now + leaseMs) };
      if (this.#runtime.isHeld(row)) return this.#runtime.rehold(leased);
      if (heldBefore !== null && this.#acceptsLoss(actor, row)) {
        return await this.#runtime.elapse(actor, row, { type: 'lease.expired', at: now });
      }
      this.#runtime.resume(actor, leased);
    } catch (error) {
      this.#options.log.error({ err: error, actor: actor.type.name, id: row.id }, 'A due row could not be taken up');
    }
  }

  async #fire(actor: Registered, row: ClaimedRow['row'], timer: string, heldBefore: number | null): Promise<void> {
    const at = this.#options.clock.now();
    const before = { ...row, leasedBy: heldBefore };
    const decision = actor.stepper.step(row.state, row.context, { type: timer, at });
    if (decision.accepted) return await this.#runtime.elapse(actor, before, { type: timer, at });
    this.#options.log.warn(
      { actor: actor.type.name, id: row.id, state: row.state, timer },
      'A timer met no transition',
    );
    const later = at + UNHANDLED_TIMER_MS;
    const timers = row.timers?.map((due) => (due <= at ? later : due)) ?? null;
    await this.#options.store.renew(actor.type.name, [{ ...before, wakeAt: later, timers }]);
  }

  #acceptsLoss(actor: Registered, row: ClaimedRow['row']): boolean {
    const event = { type: 'lease.expired', at: this.#options.clock.now() };
    return actor.stepper.step(row.state, row.context, event).accepted;
  }
}

function leasedUntil(timers: number[] | null, until: number): { wakeAt: number; timers: number[] | null } {
  if (!timers) return { wakeAt: until, timers: null };
  const withLease = [...timers.slice(0, -1), until];
  return { wakeAt: Math.min(...withLease), timers: withLease };
}
