import { setTimeout as sleep } from 'node:timers/promises';
import type { Lifecycles } from './lifecycles.ts';

const OPEN_AT_ONCE = 2000;
const ACCEPTING_AT_ONCE = 512;

/** Keeps 2000 lifecycles open, with at most 512 accepts unanswered, until the result is called. */
export function closedLoop({ counts, begin, onMove }: Lifecycles, upTo = Number.POSITIVE_INFINITY): () => void {
  const fill = () => {
    while (
      counts.begun < upTo &&
      counts.begun - counts.finished < OPEN_AT_ONCE &&
      counts.accepting < ACCEPTING_AT_ONCE
    ) {
      begin(performance.now());
    }
  };
  onMove(fill);
  fill();
  return () => onMove(() => {});
}

/** Messages that arrive on their own account, `rate` a second on average (Poisson), until the result is called. */
export function openLoop({ begin, failure }: Lifecycles, rate: number): () => void {
  let stopped = false;
  let due = performance.now();
  const next = () => {
    due += (-Math.log(1 - Math.random()) / rate) * 1000;
  };
  const run = async () => {
    while (!stopped) {
      for (const now = performance.now(); due <= now; next()) begin(due);
      await sleep(Math.max(0, due - performance.now()));
    }
  };
  next();
  Promise.race([run(), failure]).catch(() => {});
  return () => {
    stopped = true;
  };
}
