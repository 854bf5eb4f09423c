import { allStates, type Chart, type ChartState, type Handler } from './chart.ts';

/** Events that several states take in exactly the same way. */
export type SharedHandlers = { states: ChartState[]; handlers: Handler[] };

/** States that must agree before their handlers are worth a box of their own. */
const WORTH_SHARING = 3;

/**
 * What several states have in common, so that a drawing can show it once. A timer is never among it: each waiting
 * state shows its own deadline.
 */
export function sharedHandlers(chart: Chart): SharedHandlers[] {
  const byHandler = new Map<string, SharedHandlers>();
  for (const state of allStates(chart)) {
    for (const handler of state.handlers) {
      if (handler.kind === 'after') continue;
      const key = JSON.stringify(handler);
      const found = byHandler.get(key);
      if (found) found.states.push(state);
      else byHandler.set(key, { states: [state], handlers: [handler] });
    }
  }
  const byStates = new Map<string, SharedHandlers>();
  for (const { states, handlers } of byHandler.values()) {
    if (states.length < WORTH_SHARING) continue;
    const key = states.map(({ path }) => path).join();
    const found = byStates.get(key);
    if (found) found.handlers.push(...handlers);
    else byStates.set(key, { states, handlers });
  }
  return [...byStates.values()];
}
