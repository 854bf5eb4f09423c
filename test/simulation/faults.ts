import type { Prng } from './prng.ts';

/** How badly a schedule's world behaves. Probabilities are for each statement, hint, effect or turn of a process. */
export type Faults = {
  failBefore: number;
  failAfter: number;
  slowStatement: number;
  crash: number;
  maxCrashes: number;
  hintLost: number;
  hintLate: number;
  hintDoubled: number;
  slowEffect: number;
  failedEffect: number;
  rejectedEffect: number;
  failedChild: number;
  lockedRow: number;
  clockStep: number;
  falseDeath: number;
  stop: number;
};

const CALM: Faults = {
  failBefore: 0,
  failAfter: 0,
  slowStatement: 0,
  crash: 0,
  maxCrashes: 0,
  hintLost: 0,
  hintLate: 0,
  hintDoubled: 0,
  slowEffect: 0,
  failedEffect: 0,
  rejectedEffect: 0,
  failedChild: 0,
  lockedRow: 0,
  clockStep: 0,
  falseDeath: 0,
  stop: 0,
};

/** Each kind of trouble is there or not, so that some schedules have one kind alone and some have all. */
export function drawFaults(prng: Prng): Faults {
  const maybe = (most: number) => (prng.chance(0.5) ? prng.fraction() * most : 0);
  if (prng.chance(0.1)) return CALM;
  return {
    failBefore: maybe(0.1),
    failAfter: maybe(0.1),
    slowStatement: maybe(0.05),
    crash: maybe(0.02),
    maxCrashes: prng.between(0, 4),
    hintLost: maybe(0.3),
    hintLate: maybe(0.3),
    hintDoubled: maybe(0.5),
    slowEffect: maybe(0.4),
    failedEffect: maybe(0.5),
    rejectedEffect: maybe(0.2),
    failedChild: maybe(0.1),
    lockedRow: maybe(0.2),
    clockStep: prng.chance(0.1) ? 0.002 : 0,
    falseDeath: prng.chance(0.1) ? 0.002 : 0,
    stop: maybe(0.004),
  };
}
