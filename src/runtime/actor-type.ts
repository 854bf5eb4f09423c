import type { AnyStateMachine } from 'xstate';

/** How a value is stored. `time` is a timestamp with time zone, milliseconds since the epoch in memory. */
export type ColumnType = 'int2' | 'int4' | 'int8' | 'bool' | 'text' | 'uuid' | 'time' | 'float8' | 'json';
export type Column = {
  name: string;
  type: ColumnType;
  /** Set when the row is made and never again: steps do not write it. */
  fixed?: boolean;
};
export type Columns<T> = { [K in keyof T & string]-?: Column };

/** What an effect is given besides its input. */
export type EffectRun<Context, Payload> = {
  id: string;
  context: Context;
  /** The write-once part of the row; in memory where the row was just made, else read in one batch with others. */
  payload(): Promise<Payload>;
  /** The request that set the row going, for logs. */
  at: number;
};

export type Effect<Context, Payload, Input, Output> = (
  input: Input,
  run: EffectRun<Context, Payload>,
) => Promise<Output>;

/** A child to insert with the step that asks for it. */
export type ChildStart = { type: string; id: string; input: unknown; payload?: object | null };

/** The step that asked for a child or an announcement. */
export type Moment<Context> = {
  id: string;
  context: Context;
  event: { type: string; at: number };
  /** The status before the step: the first part of its state. */
  from: string;
  to: string;
};

/**
 * One kind of durable actor: a chart, the table whose rows are its actors, and the code behind the names in it.
 *
 * `Context` is stored column by column. `Payload` is written once, beside the row, and read only by effects.
 */
export type ActorType<Context extends object = object, Payload extends object = object> = {
  name: string;
  machine: AnyStateMachine;
  table: { name: string; columns: Columns<Context> };
  payload?: { name: string; columns: Columns<Payload> };
  /** Every pool that `pool` may name. */
  pools: readonly string[];
  /** The bulkhead in which an owed effect waits and runs. */
  pool(context: Context, effect: string): string;
  /** Work of one key takes turns with work of the others inside a pool. */
  fairnessKey(context: Context): string;
  /** One for each `invoke` of the chart. */
  effects: Record<string, Effect<Context, Payload, never, unknown>>;
  /** One for each action that makes a child; null means that none is wanted. */
  children?: Record<string, (moment: Moment<Context>) => ChildStart | null | Promise<ChildStart | null>>;
  /** One for each other named action: called once the step is durable, for logs and counters only. */
  announcements?: Record<string, (moment: Moment<Context>) => void>;
  /** Reads what effects need for rows that another process made. Missing ids are left out. */
  loadPayloads(ids: string[]): Promise<Map<string, Payload>>;
};

/** The first part of a state path; for a row with a public status, that status. */
export function statusOf(state: string): string {
  const dot = state.indexOf('.');
  return dot < 0 ? state : state.slice(0, dot);
}
