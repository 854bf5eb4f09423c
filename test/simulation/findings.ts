import type { AnyStateMachine } from 'xstate';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { DELIVERY_STATUS_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { finalStates, legalMoves } from './legal-moves.ts';
import type { Write } from './memory-store.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Execution = { process: number; type: string; id: string; effect: string; attempt: number };

type Chart = { moves: Set<string>; finals: Set<string> };

const CHARTS: Record<string, Chart> = {
  [NOTIFICATION]: chartOf(notificationMachine),
  [DELIVERY_STATUS_CALLBACK]: chartOf(serviceCallbackMachine),
};

/** Watches a schedule, and writes down each promise that was not kept. */
export class Findings {
  readonly broken: string[] = [];
  /** The last things that happened, for whoever looks into a broken promise. */
  readonly diary: string[] = [];
  readonly #time: VirtualTime;
  readonly #begun = new Set<string>();
  readonly #running = new Set<Execution>();
  /** Which process began an effect whose outcome is not durable yet. */
  readonly #unsettled = new Map<string, number>();
  readonly #taken = new Map<string, number>();
  readonly #excused = new Map<string, string>();
  /** When each actor ended, and which processes have been told. */
  readonly #ended = new Map<string, { at: number; known: Set<number> }>();
  #everyoneExcused = false;
  /** The process whose statement is being carried out. */
  acting = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  note(line: string): void {
    this.diary.push(`${this.#time.now} ${line}`);
  }

  report(line: string): void {
    this.note(`BROKEN ${line}`);
    this.broken.push(line);
  }

  /** Something happened to the actor after which a repeated call is right. */
  excuse(id: string, why: string): void {
    if (!this.#excused.has(id)) this.note(`excuse ${id} ${why}`);
    this.#excused.set(id, why);
  }

  excuseEveryone(why: string): void {
    this.note(`excuse all ${why}`);
    this.#everyoneExcused = true;
  }

  /** Excuses what a process that is gone had begun and not brought to an end. */
  excuseWorkOf(process: number): void {
    const running = [...this.#running].filter((execution) => execution.process === process);
    for (const execution of running) this.#running.delete(execution);
    const unsettled = [...this.#unsettled].filter(([, by]) => by === process).map(([id]) => id);
    for (const id of [...running.map((execution) => execution.id), ...unsettled])
      this.excuse(id, 'its process is gone');
  }

  wrote({ type, before, after, trail }: Write): void {
    const { moves, finals } = chart(type);
    const isFinal = finals.has(after.state);
    this.note(
      `${this.acting} ${trail?.event ?? 'lease'} ${after.id.slice(0, 8)} v${after.version} ${after.state} by ${after.leasedBy} until ${after.wakeAt}`,
    );
    if ((after.wakeAt === null) !== isFinal)
      this.report(`${type} ${after.id} rests in ${after.state} with deadline ${after.wakeAt}`);
    if (!trail) return;
    this.#unsettled.delete(after.id);
    if (after.version !== (before?.version ?? 0) + 1) this.report(`${type} ${after.id} skipped a version`);
    if (!moves.has(`${before?.state ?? ''} ${trail.event} ${after.state}`)) {
      this.report(`${type} ${after.id} went from ${before?.state} to ${after.state} by ${trail.event}`);
    }
    if (before && finals.has(before.state) && before.state !== after.state) {
      this.report(`${type} ${after.id} left ${before.state} for ${after.state}`);
    }
    if (isFinal && before && !finals.has(before.state))
      this.#ended.set(after.id, { at: this.#time.now, known: new Set() });
  }

  /** A process is told that its changes of these rows were saved. */
  learned(process: number, ids: string[]): void {
    for (const id of ids) this.#ended.get(id)?.known.add(process);
  }

  /** A process begins an effect. `foreignMs`: for so long it may not know what another process has committed. */
  began(execution: Execution, foreignMs: number): void {
    const { process, type, id, effect, attempt } = execution;
    this.note(`${process} begins ${effect} ${attempt} of ${id.slice(0, 8)}`);
    const token = `${id} ${effect} ${attempt}`;
    if (this.#begun.has(token) && !this.#isExcused(id))
      this.report(`${effect} ${attempt} of ${type} ${id} was begun twice`);
    this.#begun.add(token);
    const end = this.#ended.get(id);
    if (end && !this.#isExcused(id) && (end.known.has(process) || this.#time.now - end.at > foreignMs)) {
      this.report(`${effect} of ${type} ${id} was begun after its end`);
    }
    for (const other of this.#running) {
      if (other.id === id && other.effect === effect && !this.#isExcused(id)) {
        this.report(`${effect} of ${type} ${id} runs twice at once`);
      }
    }
    this.#running.add(execution);
    this.#unsettled.set(id, process);
  }

  ended(execution: Execution): void {
    this.#running.delete(execution);
  }

  /** The outside took what an effect brought. */
  took({ type, id, effect }: Execution): void {
    this.note(`outside took ${effect} of ${id.slice(0, 8)}`);
    const times = (this.#taken.get(id) ?? 0) + 1;
    this.#taken.set(id, times);
    if (times > 1 && !this.#isExcused(id)) this.report(`${effect} of ${type} ${id} was taken ${times} times`);
  }

  isFinal(type: string, state: string): boolean {
    return chart(type).finals.has(state);
  }

  #isExcused(id: string): boolean {
    return this.#everyoneExcused || this.#excused.has(id);
  }
}

function chart(type: string): Chart {
  const known = CHARTS[type];
  if (!known) throw new Error(`No chart of ${type}`);
  return known;
}

function chartOf(machine: AnyStateMachine): Chart {
  return { moves: legalMoves(machine), finals: new Set(finalStates(machine)) };
}
