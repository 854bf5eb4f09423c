import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { eventName } from '../runtime/event-name.ts';

/** One way that an event may go; the first whose guard holds is taken. */
export type Branch = {
  /** Null where nothing is asked. */
  guard: string | null;
  actions: string[];
  /** Dotted path of the state that it leads to; null where the state stays as it is. */
  target: string | null;
  description: string | null;
};

export type Handler = {
  /** As trails write it: `sendToProvider.done`, `after.retryDelay`, `receipt.delivered`. */
  event: string;
  kind: 'done' | 'error' | 'after' | 'event';
  branches: Branch[];
};

export type ChartState = {
  /** Dotted path; empty for the root. */
  path: string;
  name: string;
  kind: 'resting' | 'compound' | 'final';
  isInitial: boolean;
  description: string | null;
  /** Effects that are owed while the state is active. */
  invokes: string[];
  entry: string[];
  exit: string[];
  handlers: Handler[];
  states: ChartState[];
};

/** A statechart as pages and drawings show it. */
export type Chart = { name: string; root: ChartState };

const KIND_ORDER = ['done', 'error', 'after', 'event'];

export function chartOf(machine: AnyStateMachine): Chart {
  return { name: machine.id, root: stateOf(machine.root) };
}

/** Every state below the root, each before those inside it. */
export function allStates({ root }: Chart): ChartState[] {
  const below = (state: ChartState): ChartState[] => state.states.flatMap((inner) => [inner, ...below(inner)]);
  return below(root);
}

function stateOf(node: AnyStateNode): ChartState {
  const initial = node.parent?.initial.target[0];
  return {
    path: node.path.join('.'),
    name: node.key,
    kind: node.type === 'final' ? 'final' : node.type === 'atomic' ? 'resting' : 'compound',
    isInitial: initial === node,
    description: node.description ?? null,
    invokes: node.invoke.map(({ src }) => String(src)),
    entry: namesOf(node.entry),
    exit: namesOf(node.exit),
    handlers: handlersOf(node),
    states: Object.values(node.states).map(stateOf),
  };
}

function handlersOf(node: AnyStateNode): Handler[] {
  const handlers = [...node.transitions].map(([type, transitions]): Handler => {
    return {
      event: eventName(type).name,
      kind: eventName(type).kind,
      branches: transitions.map(({ guard, actions, target, description }) => ({
        guard: nameOf(guard),
        actions: namesOf(actions),
        target: target?.[0]?.path.join('.') ?? null,
        description: description ?? null,
      })),
    };
  });
  return handlers.sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind));
}

/** XState's own actions (a delay's raise and cancel) are not the chart's. */
function namesOf(actions: readonly unknown[]): string[] {
  return actions.flatMap((action) => nameOf(action) ?? []).filter((name) => !name.startsWith('xstate.'));
}

/** Guards and actions are named either by a string, or by an object or function with a `type`. */
function nameOf(implementation: unknown): string | null {
  if (typeof implementation === 'string') return implementation;
  const isTyped = implementation !== null && ['object', 'function'].includes(typeof implementation);
  if (!isTyped) return null;
  const { type } = implementation as { type?: unknown };
  return typeof type === 'string' ? type : 'unnamed';
}
