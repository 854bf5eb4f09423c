import { type AnyMachineSnapshot, type AnyStateMachine, createActor } from 'xstate';

/** What a state asks of whoever runs the chart, found once for each state. */
type Shape = {
  value: unknown;
  /** Event types of the delayed transitions of all active states, in chart order. */
  timers: string[];
  /** The effect that is owed while the state is active. */
  invoke: { id: string; src: string; input: unknown } | null;
};

/** An effect that a state owes. */
export type Owed = { id: string; src: string; input: unknown };

export type Decision = {
  /** False where the chart has no transition for the event: nothing changed and nothing is to be saved. */
  accepted: boolean;
  state: string;
  context: object;
  done: boolean;
  /** Timers that the step armed: event type → delay in milliseconds. Null where it armed none. */
  armed: Map<string, number> | null;
  /** Timers that the step disarmed. */
  disarmed: Set<string> | null;
  /** The effect that the step began to owe. An effect that was owed before and still is does not count. */
  begun: Owed | null;
  /** The chart's own named actions, in order. */
  actions: string[];
};

/** What the runtime needs of a chart. */
export type Steps = Pick<Stepper, 'start' | 'step' | 'owed' | 'shape'>;

type Action = { type: string; params: Record<string, unknown> | undefined };
type StepEvent = { type: string; at: number };
type Invokable = { id: string; src: unknown; input?: unknown };

/**
 * Steps a chart as XState does, for a few microseconds a step: `transition()` builds an inert actor each time, this
 * keeps one. It relies on the scope that XState hands to a machine, which is why the version of XState is pinned and
 * a test compares every step of every path with `transition()`.
 */
export class Stepper {
  readonly #machine: AnyStateMachine;
  readonly #scope: Parameters<AnyStateMachine['transition']>[2];
  readonly #shapes = new Map<string, Shape>();
  readonly #paths = new Map<string, string>();
  #actions: Action[] = [];

  constructor(machine: AnyStateMachine, exampleInput: unknown) {
    this.#machine = machine;
    const self = createActor(machine, { input: exampleInput } as never);
    this.#scope = {
      self,
      system: self.system,
      id: machine.id,
      sessionId: self.sessionId,
      logger: () => {},
      defer: () => {},
      stopChild: () => {},
      emit: () => {},
      actionExecutor: (action: unknown) => this.#actions.push(action as Action),
    } as never;
  }

  /** The first step of a new actor. */
  start(input: unknown): Decision {
    this.#actions = [];
    const snapshot = this.#machine.getInitialSnapshot(this.#scope as never, input) as AnyMachineSnapshot;
    return this.#decision(snapshot, true);
  }

  /** What the chart makes of an event. Throws where the chart leaves an error unhandled. */
  step(state: string, context: object, event: StepEvent): Decision {
    this.#actions = [];
    const before = this.#machine.resolveState({ value: this.shape(state).value, context } as never);
    const after = this.#machine.transition(before as never, event as never, this.#scope) as AnyMachineSnapshot;
    if (after.status === 'error') throw new Error(`${this.#machine.id}: ${event.type} is not handled in ${state}`);
    const moved = after.value !== before.value && this.#path(after.value) !== state;
    return this.#decision(after, moved || after.context !== context || this.#actions.length > 0);
  }

  /** The effect that a resting row owes; null where it owes none. */
  owed(state: string, context: object): Owed | null {
    const invoke = this.shape(state).invoke;
    if (!invoke) return null;
    const input = invoke.input;
    return { id: invoke.id, src: invoke.src, input: typeof input === 'function' ? input({ context }) : input };
  }

  /** What a state asks for. Throws for a path that the chart does not have. */
  shape(state: string): Shape {
    let shape = this.#shapes.get(state);
    if (!shape) {
      shape = this.#examine(state);
      this.#shapes.set(state, shape);
    }
    return shape;
  }

  #examine(state: string): Shape {
    const value = state
      .split('.')
      .reduceRight<unknown>((inner, key) => (inner === null ? key : { [key]: inner }), null);
    const snapshot = this.#machine.resolveState({ value, context: {} } as never) as AnyMachineSnapshot;
    if (this.#path(snapshot.value) !== state) throw new Error(`${this.#machine.id} has no resting state ${state}`);
    const nodes = [...snapshot._nodes].sort((a, b) => a.order - b.order);
    const invokes = nodes.flatMap((node) => node.invoke as unknown as Invokable[]);
    if (invokes.length > 1) throw new Error(`${this.#machine.id}: ${state} owes more than one effect`);
    const invoke = invokes[0];
    return {
      value: snapshot.value,
      timers: nodes.flatMap((node) => [...new Set(node.after.map((transition) => transition.eventType))]),
      invoke: invoke ? { id: invoke.id, src: String(invoke.src), input: invoke.input } : null,
    };
  }

  #decision(snapshot: AnyMachineSnapshot, accepted: boolean): Decision {
    const decision: Decision = {
      accepted,
      state: this.#path(snapshot.value),
      context: snapshot.context as object,
      done: snapshot.status === 'done',
      armed: null,
      disarmed: null,
      begun: null,
      actions: [],
    };
    for (const { type, params } of this.#actions) {
      if (type === 'xstate.raise') {
        if (typeof params?.['delay'] !== 'number') continue;
        decision.armed ??= new Map();
        decision.armed.set(String(params['id']), params['delay']);
      } else if (type === 'xstate.cancel') {
        decision.disarmed ??= new Set();
        decision.disarmed.add(String(params?.['sendId']));
        decision.armed?.delete(String(params?.['sendId']));
      } else if (type === 'xstate.spawnChild') {
        decision.begun = { id: String(params?.['id']), src: String(params?.['src']), input: params?.['input'] };
      } else if (type !== 'xstate.stopChild') decision.actions.push(type);
    }
    return decision;
  }

  #path(value: unknown): string {
    if (typeof value === 'string') return value;
    const key = JSON.stringify(value);
    let path = this.#paths.get(key);
    if (path === undefined) {
      path = pathOf(value as Record<string, unknown>, this.#machine.id);
      this.#paths.set(key, path);
    }
    return path;
  }
}

function pathOf(value: Record<string, unknown> | string, machine: string): string {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (!first || entries.length > 1) throw new Error(`${machine}: parallel states have no single path`);
  return `${first[0]}.${pathOf(first[1] as Record<string, unknown>, machine)}`;
}
