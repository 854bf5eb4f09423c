import type { Row } from './row.ts';
import { TIMER_POOL } from './row.ts';
import type { Decision, Steps } from './stepper.ts';

/** Who runs the effect that a step began to owe: a node, until a time; nobody yet, where null. */
export type Lease = { node: number; until: number } | null;

type Resting = Pick<Row, 'state' | 'wakeAt' | 'timers'>;

/** When each timer of the row's state fires: event type → time. */
export function armedTimers(stepper: Steps, row: Resting): Map<string, number> {
  const { timers, invoke } = stepper.shape(row.state);
  const armed = new Map<string, number>();
  timers.forEach((timer, index) => {
    const due = row.timers ? row.timers[index] : invoke ? undefined : row.wakeAt;
    if (typeof due === 'number') armed.set(timer, due);
  });
  return armed;
}

/** The end of the lease of the effect that the row owes; null where it owes none. */
export function leaseEnd(stepper: Steps, row: Resting): number | null {
  if (!stepper.shape(row.state).invoke) return null;
  return row.timers ? (row.timers.at(-1) ?? null) : row.wakeAt;
}

/** The timer to fire now, the earliest first; null where none is due. */
export function dueTimer(stepper: Steps, row: Resting, now: number): string | null {
  let earliest: [string, number] | null = null;
  for (const [timer, due] of armedTimers(stepper, row)) {
    if (due <= now && (earliest === null || due < earliest[1])) earliest = [timer, due];
  }
  return earliest?.[0] ?? null;
}

/**
 * The row after a step at `at`: its state, and when it must be looked at next. `lease` is for an effect that the step
 * began to owe; one that was owed before keeps its holder.
 *
 * @throws where the chart would rest for ever: a state that is not final, with no timer and no effect.
 */
export function rest(
  stepper: Steps,
  before: Row,
  decision: Decision,
  at: number,
  pool: (effect: string) => string,
  lease: Lease,
): Row {
  const { timers, invoke } = stepper.shape(decision.state);
  const row: Row = {
    id: before.id,
    state: decision.state,
    version: before.version + 1,
    context: decision.context,
    wakeAt: null,
    pool: TIMER_POOL,
    leasedBy: null,
    timers: null,
  };
  if (decision.done) return row;

  const armed = timers.length > 0 ? nextTimers(stepper, before, decision, at) : null;
  const dues = timers.map((timer) => armed?.get(timer) ?? Number.MAX_SAFE_INTEGER);
  if (invoke) {
    const end = decision.begun ? (lease?.until ?? at) : (leaseEnd(stepper, before) ?? at);
    row.leasedBy = decision.begun ? (lease?.node ?? null) : before.leasedBy;
    row.pool = pool(invoke.src);
    if (dues.length > 0) row.timers = [...dues, end];
    row.wakeAt = Math.min(end, ...dues);
  } else {
    if (dues.length === 0) throw new Error(`${decision.state} is not final and has no deadline`);
    if (dues.length > 1) row.timers = dues;
    row.wakeAt = Math.min(...dues);
  }
  return row;
}

function nextTimers(stepper: Steps, before: Row, decision: Decision, at: number): Map<string, number> {
  const armed = before.state === '' ? new Map<string, number>() : armedTimers(stepper, before);
  for (const timer of decision.disarmed ?? []) armed.delete(timer);
  for (const [timer, delay] of decision.armed ?? []) armed.set(timer, at + delay);
  return armed;
}
