import { NOTIFICATION } from '../../src/actors/notification.ts';
import type { Dispatch, Hint } from '../../src/runtime/dispatch.ts';
import type { ActorEvent, Runtime } from '../../src/runtime/runtime.ts';
import { request } from '../support/notification-bench.ts';
import type { Faults } from './faults.ts';
import { Findings } from './findings.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Prng } from './prng.ts';
import type { Fate, Receipt, Scenario, Service } from './scenario.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { VirtualTime } from './virtual-time.ts';

/** Clients and providers ask again after this when they got no answer. */
const ASK_AGAIN_MS = 3000;

/** Processes, the store between them, and everybody outside. */
export class World {
  readonly prng: Prng;
  readonly time: VirtualTime;
  readonly store: MemoryStore;
  readonly faults: Faults;
  readonly findings: Findings;
  readonly leaseMs: number;
  readonly tickMs: number;
  readonly internalServiceId: string;
  readonly processes: SimulatedProcess[] = [];
  /** Ids whose start was answered. */
  readonly accepted = new Set<string>();
  readonly #scenario: Scenario;
  /** What clients of a process wait for; called when it dies. */
  readonly #unanswered = new Map<SimulatedProcess, Set<() => void>>();
  #crashes = 0;

  constructor(scenario: Scenario, store: MemoryStore, prng: Prng) {
    this.#scenario = scenario;
    this.prng = prng;
    this.store = store;
    this.time = new VirtualTime(scenario.startsAt, prng);
    this.findings = new Findings(this.time);
    this.faults = scenario.faults;
    this.leaseMs = scenario.leaseMs;
    this.tickMs = scenario.tickMs;
    this.internalServiceId = scenario.services[1]?.id ?? '';
    store.onWrite = (write) => this.findings.wrote(write);
    store.isLocked = () => prng.chance(this.faults.lockedRow);
  }

  begin(): void {
    for (const role of this.#scenario.roles) this.#join(role);
    for (const fate of this.#scenario.fates) {
      this.time.after(fate.startAfterMs, 'world', () => this.#start(fate));
      for (const { afterMs, type } of fate.operatorEvents) {
        this.time.after(fate.startAfterMs + afterMs, 'world', () => this.#tell(fate.id, { type }));
      }
    }
  }

  fate(id: string): Fate {
    const fate = this.#scenario.fates.find((each) => each.id === id);
    if (!fate) throw new Error(`No fate for ${id}`);
    return fate;
  }

  service(id: string): Service {
    const service = this.#scenario.services.find((each) => each.id === id);
    if (!service) throw new Error(`No service ${id}`);
    return service;
  }

  /** What may befall a process at any moment. */
  disturb(process: SimulatedProcess): void {
    const { crash, maxCrashes, clockStep, falseDeath, stop } = this.faults;
    const { prng } = this;
    if (prng.chance(crash) && this.#crashes < maxCrashes) {
      this.#crashes++;
      process.crash();
    } else if (prng.chance(stop) && this.#crashes < maxCrashes) {
      this.#crashes++;
      process.stop();
    } else if (prng.chance(clockStep)) {
      this.findings.excuseEveryone('a clock was stepped');
      process.stepClock(prng.between(-this.leaseMs, this.leaseMs));
    } else if (prng.chance(falseDeath)) {
      this.findings.excuseEveryone('a living process was taken for dead');
      process.hiddenUntil = this.time.now + 5000;
    }
  }

  /** A process is gone: its clients ask elsewhere, and another one is started in its place. */
  left(process: SimulatedProcess): void {
    this.findings.excuseWorkOf(process.number);
    for (const again of this.#unanswered.get(process) ?? []) again();
    this.#unanswered.delete(process);
    this.time.after(this.prng.between(100, 30_000), 'world', () => this.#join(process.role));
  }

  visible(): number[] {
    return this.processes
      .filter(({ alive, hiddenUntil }) => alive && hiddenUntil <= this.time.now)
      .map(({ number }) => number);
  }

  dispatchOf(from: SimulatedProcess): Dispatch {
    const takers = (pool: string) =>
      this.processes.filter((each) => each !== from && each.open && pool in each.role.pools);
    return {
      reaches: (_type, pool) => takers(pool).length > 0,
      send: (hint) => {
        const [first, ...others] = takers(hint.row.pool);
        if (!first || this.prng.chance(this.faults.hintLost)) return;
        this.#deliver(this.prng.pick([first, ...others]), hint);
      },
    };
  }

  /** The provider reports, as often and as late as it pleases. */
  sendReceipts({ id, receipts, provider }: Fate): void {
    for (const receipt of receipts) {
      for (const _copy of receipt.twice ? [1, 2] : [1]) {
        this.time.after(receipt.afterMs, 'world', () => this.#tell(id, receiptEvent(receipt, provider)));
      }
    }
  }

  #join(role: SimulatedProcess['role']): void {
    const process = new SimulatedProcess(this, this.processes.length + 1, role);
    this.processes.push(process);
    this.findings.note(`${process.number} joins`);
    process.join();
  }

  #deliver(to: SimulatedProcess, hint: Hint): void {
    const { prng, faults } = this;
    const isLate = prng.chance(faults.hintLate);
    const copies = prng.chance(faults.hintDoubled) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const delay = isLate ? prng.between(0, 2 * this.leaseMs) : prng.between(0, 20);
      to.after(delay, 'work', () => to.runtime.receive(structuredClone(hint)));
    }
  }

  #start(fate: Fate): void {
    this.#ask(
      (runtime) => runtime.start(NOTIFICATION, fate.id, fate.input, request),
      () => this.accepted.add(fate.id),
      () => this.#start(fate),
    );
  }

  #tell(id: string, event: ActorEvent): void {
    const exists = this.store.table(NOTIFICATION).has(id);
    this.#ask(
      (runtime) => runtime.send(NOTIFICATION, id, event),
      ({ outcome }) => {
        if (outcome === 'unknown' && exists) this.findings.report(`${id} was not known`);
      },
      () => this.#tell(id, event),
    );
  }

  /** Asks any open process; again later where there is none, it dies, or it fails. */
  #ask<T>(question: (runtime: Runtime) => Promise<T>, answered: (answer: T) => void, again: () => void): void {
    const later = () => {
      this.time.after(ASK_AGAIN_MS, 'world', again);
    };
    const [first, ...others] = this.processes.filter(({ open }) => open);
    if (!first) {
      later();
      return;
    }
    const process = this.prng.pick([first, ...others]);
    const waiting = this.#unanswered.get(process) ?? new Set();
    this.#unanswered.set(process, waiting);
    waiting.add(later);
    question(process.runtime).then(
      (answer) => {
        if (waiting.delete(later)) answered(answer);
      },
      () => {
        if (waiting.delete(later)) later();
      },
    );
  }

  /** Questions that nobody has answered. */
  unanswered(): number {
    return [...this.#unanswered.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

function receiptEvent({ type, isDuplicateId, codeStatus }: Receipt, provider: string): ActorEvent {
  return { type, provider, isDuplicateId, ...(codeStatus && { codeStatus }) };
}
