import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { ancestry, commonAncestor, initialPath, isWithin, matching, nodesOf, pathOf } from './chart-nodes.ts';
import { type Decision, type Owed, Stepper } from './stepper.ts';

type StepEvent = { type: string; at: number };
type Arguments = { context: object; event: object };
type Expression = (args: Arguments, params?: unknown) => unknown;
type Guard = (args: Arguments) => boolean;

/** One thing that happens in a step, in the order of the chart. */
type Op =
  | { kind: 'assign'; assign: (args: Arguments) => object }
  | { kind: 'name'; name: string }
  | { kind: 'arm'; timer: string; delay: (args: Arguments) => number }
  | { kind: 'disarm'; timer: string }
  | { kind: 'begin'; id: string; src: string; input: (args: Arguments) => unknown };

/** What taking a transition in a state comes to. `raised` are the events of completed states. */
type Move = { ops: Op[]; state: string; done: boolean; raised: string[] };
type Candidate = { guard: Guard | null; move: () => Move };

/** What a state makes of events: its candidates by event type, found when the first such event comes. */
type Compiled = { events: Map<string, Candidate[]>; eventless: Candidate[] };

/** XState's action creators are functions that carry what they were given. */
type BuiltIn = {
  type: string;
  assignment?: unknown;
  event?: { type: string };
  id?: string;
  delay?: unknown;
  sendId?: string;
};

/** The chart uses something that is not compiled; XState itself steps it. */
class NotCompiled extends Error {}

/**
 * Steps a chart by what XState would do, worked out once for each state and transition: guards, delays, inputs and
 * assignments are the chart's own functions, called in XState's order. A step costs a microsecond, XState's own about ten.
 *
 * Parallel and history states, and actions other than names, `assign`, `after` and `invoke`, are not compiled: `stepper`
 * leaves such a chart to XState. A test compares every step of every path with XState.
 */
export class CompiledStepper {
  readonly #machine: AnyStateMachine;
  readonly #xstate: Stepper;
  readonly #compiled = new Map<string, Compiled>();
  readonly #initial: Move;
  readonly #context: (input: unknown) => object;

  constructor(machine: AnyStateMachine, exampleInput: unknown) {
    this.#machine = machine;
    this.#xstate = new Stepper(machine, exampleInput);
    checkStates(machine.root);
    const context = machine.config.context as object | ((given: { input: unknown }) => object) | undefined;
    this.#context = (input) => (typeof context === 'function' ? context({ input }) : (context ?? {}));
    this.#initial = this.#entered([], [machine.root, ...initialPath(machine.root)]);
    this.#compileAll(machine.root);
  }

  start(input: unknown): Decision {
    const event = { type: 'xstate.init', input };
    const decision = begun(this.#context(input));
    this.#take(decision, this.#initial, event);
    return this.#settled(decision, event, this.#initial.raised);
  }

  step(state: string, context: object, event: StepEvent): Decision {
    const decision = begun(context);
    decision.state = state;
    const candidate = chosen(this.#candidates(state, event.type), { context, event });
    if (!candidate) {
      if (event.type.startsWith('xstate.error.')) {
        throw new Error(`${this.#machine.id}: ${event.type} is not handled in ${state}`);
      }
      return { ...decision, accepted: false, done: this.#isDone(state) };
    }
    const move = candidate.move();
    this.#take(decision, move, event);
    const settled = this.#settled(decision, event, move.raised);
    settled.accepted = move.ops.length > 0 || settled.state !== state;
    return settled;
  }

  owed(state: string, context: object): Owed | null {
    return this.#xstate.owed(state, context);
  }

  shape(state: string): ReturnType<Stepper['shape']> {
    return this.#xstate.shape(state);
  }

  #take(decision: Decision, move: Move, event: object): void {
    for (const op of move.ops) perform(decision, op, event);
    decision.state = move.state;
    decision.done = move.done;
  }

  /** Takes eventless transitions and the events of completed states until the chart rests. */
  #settled(decision: Decision, event: object, raised: string[]): Decision {
    let queue = raised;
    let current = event;
    while (!decision.done) {
      let next = chosen(this.#compile(decision.state).eventless, { context: decision.context, event: current });
      if (!next) {
        const [type, ...rest] = queue;
        if (type === undefined) break;
        queue = rest;
        current = { type };
        next = chosen(this.#candidates(decision.state, type), { context: decision.context, event: current });
        if (!next) continue;
      }
      const move = next.move();
      this.#take(decision, move, current);
      if (move.raised.length > 0) queue = [...queue, ...move.raised];
    }
    return decision;
  }

  #isDone(state: string): boolean {
    return nodesOf(this.#machine, state)[1]?.type === 'final';
  }

  #candidates(state: string, type: string): Candidate[] {
    const { events } = this.#compile(state);
    let candidates = events.get(type);
    if (!candidates) {
      const nodes = nodesOf(this.#machine, state);
      candidates = nodes
        .toReversed()
        .flatMap((node) => matching(node, type).map((found) => this.#candidate(nodes, found)));
      if (candidates.length > 0) events.set(type, candidates);
    }
    return candidates;
  }

  #compile(state: string): Compiled {
    let compiled = this.#compiled.get(state);
    if (!compiled) {
      const nodes = nodesOf(this.#machine, state);
      const eventless = nodes.toReversed().flatMap((node) => node.always ?? []);
      compiled = { events: new Map(), eventless: eventless.map((found) => this.#candidate(nodes, found)) };
      this.#compiled.set(state, compiled);
    }
    return compiled;
  }

  #candidate(nodes: AnyStateNode[], transition: AnyTransitionDefinition): Candidate {
    let move: Move | undefined;
    return {
      guard: this.#guard(transition.guard),
      move: () => {
        move ??= this.#move(nodes, transition);
        return move;
      },
    };
  }

  /** Exit from the innermost outwards, the transition's own actions, entry inwards. */
  #move(nodes: AnyStateNode[], transition: AnyTransitionDefinition): Move {
    const own = transition.actions.map((action) => this.#op(action as unknown));
    const [target] = transition.target ?? [];
    if (!target) return { ops: own, state: pathOf(nodes), done: nodes[1]?.type === 'final', raised: [] };
    const source = transition.source;
    const within = target === source || isWithin(target, source);
    const staysInside = within && !transition.reenter;
    const domain = staysInside ? source : commonAncestor(target, source);
    const exited = nodes.filter((node) => domain === undefined || isWithin(node, domain)).reverse();
    const ancestors = ancestry(target);
    const kept = domain === undefined ? 0 : ancestors.indexOf(domain) + 1;
    const above = ancestors.slice(kept);
    const entered = [...above, ...initialPath(target)];
    return this.#entered([...exited.flatMap((node) => this.#exit(node)), ...own], entered, ancestors.slice(0, kept));
  }

  #entered(before: Op[], entered: AnyStateNode[], kept: AnyStateNode[] = []): Move {
    const nodes = [...kept, ...entered];
    const ops = [...before, ...entered.flatMap((node) => this.#entry(node))];
    const done = nodes[1]?.type === 'final';
    if (done) ops.push(...nodes.toReversed().flatMap((node) => this.#exit(node)));
    const last = nodes.at(-1);
    const raised = !done && last?.type === 'final' && last.parent ? [`xstate.done.state.${last.parent.id}`] : [];
    return { ops, state: pathOf(nodes), done, raised };
  }

  #entry(node: AnyStateNode): Op[] {
    const begins = node.invoke.map((invoke): Op => {
      const { id, src, input } = invoke as unknown as { id: string; src: unknown; input?: unknown };
      if (typeof src !== 'string') throw new NotCompiled(`${node.id} invokes something without a name`);
      return { kind: 'begin', id, src, input: typeof input === 'function' ? (input as Expression) : () => input };
    });
    return [...node.entry.map((action) => this.#op(action as unknown)), ...begins];
  }

  #exit(node: AnyStateNode): Op[] {
    return node.exit.map((action) => this.#op(action as unknown));
  }

  #op(action: unknown): Op {
    const name = typeof action === 'string' ? action : nameOf(action);
    const params = name !== null && typeof action === 'object' ? (action as { params?: unknown }).params : undefined;
    const resolved: unknown = name === null ? action : this.#machine.implementations.actions[name];
    if (typeof resolved !== 'function') throw new NotCompiled(`${name} has no implementation`);
    if (!('resolve' in resolved)) {
      if (name === null || params !== undefined) throw new NotCompiled('An action without a name, or with parameters');
      return { kind: 'name', name };
    }
    return this.#builtIn(resolved as unknown as BuiltIn, params);
  }

  #builtIn(action: BuiltIn, params: unknown): Op {
    if (action.type === 'xstate.assign') return { kind: 'assign', assign: assignment(action.assignment, params) };
    if (action.type === 'xstate.cancel') return { kind: 'disarm', timer: String(action.sendId) };
    if (action.type === 'xstate.raise' && action.delay !== undefined && action.id !== undefined) {
      return { kind: 'arm', timer: action.id, delay: this.#delay(action.delay) };
    }
    throw new NotCompiled(`${action.type} is left to XState`);
  }

  #delay(delay: unknown): (args: Arguments) => number {
    const resolved: unknown = typeof delay === 'string' ? this.#machine.implementations.delays[delay] : delay;
    if (typeof resolved === 'function') return resolved as (args: Arguments) => number;
    if (typeof resolved !== 'number') throw new NotCompiled('A delay that is no number');
    return () => resolved;
  }

  #guard(guard: unknown): Guard | null {
    if (guard === undefined) return null;
    const name = typeof guard === 'string' ? guard : nameOf(guard);
    const params = typeof guard === 'object' && guard !== null && 'params' in guard ? guard.params : undefined;
    const resolved: unknown = name === null ? guard : this.#machine.implementations.guards[name];
    if (typeof resolved !== 'function' || 'check' in resolved || typeof params === 'function') {
      throw new NotCompiled('A guard made of guards');
    }
    return (args) => (resolved as Expression)(args, params) === true;
  }

  /** Works out every transition now, so that what cannot be compiled shows at the start. */
  #compileAll(node: AnyStateNode): void {
    const children = Object.values(node.states) as AnyStateNode[];
    for (const child of children) this.#compileAll(child);
    if (children.length > 0) return;
    const nodes = ancestry(node);
    const transitions = nodes.flatMap((each) => [...each.transitions.values()].flat());
    for (const transition of transitions) this.#candidate(nodes, transition).move();
    for (const candidate of this.#compile(pathOf(nodes)).eventless) candidate.move();
  }
}

/** The quickest stepper that the chart allows. */
export function stepper(machine: AnyStateMachine, exampleInput: unknown): CompiledStepper | Stepper {
  try {
    return new CompiledStepper(machine, exampleInput);
  } catch (error) {
    if (error instanceof NotCompiled) return new Stepper(machine, exampleInput);
    throw error;
  }
}

function begun(context: object): Decision {
  return { accepted: true, state: '', context, done: false, armed: null, disarmed: null, begun: null, actions: [] };
}

function perform(decision: Decision, op: Op, event: object): void {
  switch (op.kind) {
    case 'assign':
      decision.context = { ...decision.context, ...op.assign({ context: decision.context, event }) };
      return;
    case 'name':
      decision.actions.push(op.name);
      return;
    case 'arm':
      decision.armed ??= new Map();
      decision.armed.set(op.timer, op.delay({ context: decision.context, event }));
      return;
    case 'disarm':
      decision.disarmed ??= new Set();
      decision.disarmed.add(op.timer);
      decision.armed?.delete(op.timer);
      return;
    case 'begin':
      decision.begun = { id: op.id, src: op.src, input: op.input({ context: decision.context, event }) };
  }
}

function chosen(candidates: Candidate[], args: Arguments): Candidate | undefined {
  for (const candidate of candidates) if (!candidate.guard || candidate.guard(args)) return candidate;
  return undefined;
}

function assignment(assigned: unknown, params: unknown): (args: Arguments) => object {
  if (typeof params === 'function') throw new NotCompiled('An assignment whose parameters are computed');
  if (typeof assigned === 'function') return (args) => (assigned as Expression)(args, params) as object;
  const entries = Object.entries(assigned as Record<string, unknown>);
  return (args) => {
    const values: Record<string, unknown> = {};
    for (const [key, value] of entries) values[key] = typeof value === 'function' ? value(args, params) : value;
    return values;
  };
}

function nameOf(reference: unknown): string | null {
  return typeof reference === 'object' && reference !== null && 'type' in reference ? String(reference.type) : null;
}

function checkStates(node: AnyStateNode): void {
  if (node.type === 'parallel' || node.type === 'history') throw new NotCompiled(`${node.id} is ${node.type}`);
  if (node.initial?.actions.length) throw new NotCompiled(`${node.id} acts on its initial transition`);
  for (const child of Object.values(node.states) as AnyStateNode[]) checkStates(child);
}
