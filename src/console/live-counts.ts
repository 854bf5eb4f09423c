import type { ActorCounts } from '../queries/console-actors.ts';
import { allStates, type Chart } from './chart.ts';

/** A state, how many rows are in it and in those inside it, and whether only the last 24 hours count. */
export type StateCount = { path: string; rows: number; isFinal: boolean };

/** Counts for every state of a chart, in its order. */
export function stateCounts(chart: Chart, { byState }: ActorCounts): StateCount[] {
  return allStates(chart).map(({ path, kind }) => {
    let rows = 0;
    for (const [state, count] of byState) if (state === path || state.startsWith(`${path}.`)) rows += count;
    return { path, rows, isFinal: kind === 'final' };
  });
}

/** Rows in states that the chart does not have: a renamed state whose rows were left behind. */
export function strayStates(chart: Chart, { byState }: ActorCounts): string[] {
  const known = new Set(allStates(chart).map(({ path }) => path));
  return [...byState.keys()].filter((state) => !known.has(state));
}
