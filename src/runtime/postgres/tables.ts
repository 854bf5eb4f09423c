import type { ActorType, Column } from '../actor-type.ts';
import type { NewRow, Row, TrailEntry } from '../row.ts';

/** A column that the store reads and writes: how its values get into an array parameter, and out of a result. */
export type Field<Item> = Column & { value(item: Item): unknown };

/** The columns that every actor table has beside its context. `version` is 1 in a new row. */
export const ROW_FIELDS: Field<Row>[] = [
  { name: 'id', type: 'uuid', value: (row) => row.id },
  { name: 'version', type: 'int4', value: (row) => row.version },
  { name: 'state', type: 'text', value: (row) => row.state },
  { name: 'wake_at', type: 'time', value: (row) => row.wakeAt },
  { name: 'pool', type: 'text', value: (row) => (row.wakeAt === null ? null : row.pool) },
  { name: 'leased_by', type: 'int4', value: (row) => row.leasedBy },
  { name: 'timers', type: 'text', value: (row) => row.timers?.join(',') ?? null },
];

/** What the store needs to know of one kind of actor. */
export type Table = {
  name: string;
  /** The pools in which its effects wait. */
  pools: string[];
  context: (Field<Row> & { key: string })[];
  payload: { name: string; fields: Field<NewRow>[] } | null;
};

export function tableOf(type: ActorType): Table {
  const { table, payload } = type;
  return {
    name: table.name,
    pools: [...type.pools],
    context: entries(table.columns).map(([key, column]) => ({
      ...column,
      key,
      value: (row) => (row.context as Record<string, unknown>)[key],
    })),
    payload: payload
      ? {
          name: payload.name,
          fields: entries(payload.columns).map(([key, column]) => ({
            ...column,
            value: ({ payload: values }) => (values as Record<string, unknown> | null)?.[key],
          })),
        }
      : null,
  };
}

function entries(columns: Record<string, Column>): [string, Column][] {
  return Object.entries(columns);
}

/** One line of a trail as it is stored: time, event, state. */
export function trailLine({ at, event, state }: TrailEntry): string {
  return `${at} ${event} ${state}\n`;
}

/** The type of a parameter, or of an array parameter's elements. Times travel as milliseconds. */
export function elementType({ type }: Column): string {
  if (type === 'time') return 'float8';
  return type === 'json' ? 'jsonb' : type;
}

/** From the array parameter's element to the column. */
export function stored({ type }: Column, element: string): string {
  return type === 'time' ? `to_timestamp(${element} / 1000.0)` : element;
}

/** From the column to what the driver hands over: plain numbers and strings. */
export function read({ name, type }: Column, table: string): string {
  const column = `${table}.${name}`;
  if (type === 'time') return `(extract(epoch from ${column}) * 1000)::float8 as ${name}`;
  return type === 'int8' ? `${column}::float8 as ${name}` : `${column} as ${name}`;
}
