import type { AnyStateMachine } from 'xstate';
import type { SendOutcome } from '../../machines/notification.types.ts';
import { type Decision, Stepper } from '../../src/runtime/stepper.ts';

export const CREATED_AT = Date.UTC(2026, 5, 10, 12);

type StepEvent = { type: string; at?: number; [fact: string]: unknown };

/** An actor in memory: each event is taken at once, and the last decision says what came of it. */
export class Walk {
  readonly #stepper: Stepper;
  last: Decision;

  constructor(machine: AnyStateMachine, input: unknown) {
    this.#stepper = new Stepper(machine, input);
    this.last = this.#stepper.start(input);
  }

  get state(): string {
    return this.last.state;
  }

  get context(): Record<string, unknown> {
    return this.last.context as Record<string, unknown>;
  }

  /** The delay of the only timer that the last step armed; null where it armed none. */
  get armedDelay(): number | null {
    return this.last.armed?.values().next().value ?? null;
  }

  take(...events: StepEvent[]): this {
    for (const event of events) {
      this.last = this.#stepper.step(this.last.state, this.last.context, { at: CREATED_AT, ...event });
    }
    return this;
  }
}

/** The effect's answer. */
export function sendDone(output: SendOutcome, at = CREATED_AT): StepEvent {
  return { type: 'xstate.done.actor.sendToProvider', output, at };
}

export function accepted(attempt = 1, provider = 'mmg', providerReference: string | null = null): SendOutcome {
  return { outcome: 'accepted', attempt, provider, providerReference, billableUnits: 2 };
}

export function failed(attempt: number): SendOutcome {
  return { outcome: 'failed', attempt, provider: 'mmg', reason: 'HTTP 503', billableUnits: 2 };
}

export const retryDue: StepEvent = { type: 'xstate.after.retryDelay.notification.created.backoff' };
export const timedOut: StepEvent = { type: 'xstate.after.receiptTimeout.notification.sending' };
export const pendingTimedOut: StepEvent = { type: 'xstate.after.receiptTimeout.notification.pending' };
export const leaseExpired: StepEvent = { type: 'lease.expired' };

export function receipt(status: string, facts: object = {}): StepEvent {
  return { type: `receipt.${status}`, provider: 'mmg', ...facts };
}
