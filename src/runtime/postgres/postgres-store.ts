import type { Pool } from 'pg';
import type { ActorType, Column } from '../actor-type.ts';
import type { Change, ClaimedRow, NewRow, Row } from '../row.ts';
import type { Claim, Store } from '../store.ts';
import { arrayLiteral } from './array-literal.ts';
import { isRetryable } from './errors.ts';
import type { Company } from './statements.ts';
import * as sql from './statements.ts';
import { ROW_FIELDS, type Table, tableOf, trailLine } from './tables.ts';

/** Even a living node's lease is taken over when it has been over for so long: the node hangs. */
const HUNG_MS = 60_000;

type StoredRow = Record<string, unknown>;

/** Rows in PostgreSQL: every method is one statement, and every statement a commit of its own. */
export class PostgresStore implements Store {
  readonly #pool: Pool;
  readonly #tables = new Map<string, Table>();
  readonly #texts = new Map<string, string>();

  constructor(pool: Pool, types: ActorType[]) {
    this.#pool = pool;
    for (const type of types) this.#tables.set(type.name, tableOf(type));
  }

  async insert(type: string, rows: NewRow[]): Promise<boolean[]> {
    const table = this.#table(type);
    const company = companyOf(rows);
    const values = newRowValues(company, table, rows, null);
    const saved = await this.#query(`insert ${company} ${type}`, () => sql.insertStatement(company, table), values);
    if (saved.length === rows.length) return rows.map(() => true);
    const ids = new Set(saved.map(({ id }) => id));
    return rows.map(({ row }) => ids.has(row.id));
  }

  async load(type: string, ids: string[]): Promise<(Row | null)[]> {
    const table = this.#table(type);
    const found = await this.#query(`load ${type}`, () => sql.loadStatement(table), [ids]);
    const rows = new Map(found.map((stored) => [stored['id'], rowOf(table, stored)]));
    return ids.map((id) => rows.get(id) ?? null);
  }

  async commit(type: string, changes: Change[]): Promise<boolean[]> {
    const table = this.#table(type);
    const kinds = [...new Set(changes.flatMap(({ children }) => children.map((child) => child.type)))].sort();
    const children = kinds.map((kind) => this.#table(kind));
    const made = kinds.map((kind) =>
      changes.flatMap(({ row, children: own }) =>
        own.filter((child) => child.type === kind).map((child) => ({ parent: row.id, child })),
      ),
    );
    const company = companyOf(changes, ...made);
    const values = [
      ...commitValues(company, table, changes),
      ...children.flatMap((child, index) => childValues(company, child, made[index] ?? [])),
    ];
    const name = `commit ${company} ${type} ${kinds.join()}`;
    const saved = await this.#query(name, () => sql.commitStatement(company, table, children), values);
    return answers(changes, saved, ({ row }) => row.id);
  }

  async claim(type: string, { pool, now, limit, node, leaseMs, liveOthers, states }: Claim): Promise<ClaimedRow[]> {
    const table = this.#table(type);
    const values = [pool, now, limit, node, now + leaseMs, liveOthers, now - HUNG_MS, states];
    const claimed = await this.#query(`claim ${type}`, () => sql.claimStatement(table), values);
    return claimed.map((stored) => ({
      row: { ...rowOf(table, stored), wakeAt: stored['due_at'] as number },
      heldBefore: stored['held_before'] as number | null,
    }));
  }

  async renew(type: string, rows: Row[]): Promise<boolean[]> {
    const table = this.#table(type);
    const values = [
      rows.map(({ id }) => id),
      rows.map(({ version }) => version),
      rows.map(({ wakeAt }) => wakeAt),
      rows.map(({ leasedBy }) => leasedBy),
      rows.map(({ timers }) => timers?.join(',') ?? null),
    ];
    return answers(rows, await this.#query(`renew ${type}`, () => sql.renewStatement(table), values), ({ id }) => id);
  }

  async expireLeases(type: string, dead: number[], now: number): Promise<number> {
    const table = this.#table(type);
    const result = await this.#pool.query(sql.expireStatement(table), [now, dead, table.pools]);
    return result.rowCount ?? 0;
  }

  isRetryable(error: unknown): boolean {
    return isRetryable(error);
  }

  #table(type: string): Table {
    const table = this.#tables.get(type);
    if (!table) throw new Error(`No table is known for ${type}`);
    return table;
  }

  async #query(name: string, text: () => string, values: unknown[]): Promise<StoredRow[]> {
    let statement = this.#texts.get(name);
    if (statement === undefined) {
      statement = text();
      this.#texts.set(name, statement);
    }
    const { rows } = await this.#pool.query<StoredRow>({ name, text: statement, values });
    return rows;
  }
}

const ID: Column = { name: 'id', type: 'uuid' };
const TRAIL: Column = { name: 'trail', type: 'text' };

/** A statement is for one row where each of its lists has one. */
function companyOf(...lists: readonly unknown[][]): Company {
  return lists.every(({ length }) => length === 1) ? 'one' : 'many';
}

function given<Item>(
  company: Company,
  column: Column,
  items: readonly Item[],
  value: (item: Item) => unknown,
): unknown {
  if (company === 'many') return arrayLiteral(column, items, value);
  const only = value(items[0] as Item) ?? null;
  return column.type === 'json' && only !== null ? JSON.stringify(only) : only;
}

function commitValues(company: Company, table: Table, changes: Change[]): unknown[] {
  return [
    ...ROW_FIELDS.map((field) => given(company, field, changes, ({ row }) => field.value(row))),
    given(company, TRAIL, changes, ({ trail }) => trailLine(trail)),
    ...sql.changing(table).map((field) => given(company, field, changes, ({ row }) => field.value(row))),
  ];
}

type Child = { parent: string; child: NewRow };

function childValues(company: Company, table: Table, made: Child[]): unknown[] {
  const rows = made.map(({ child }) => child);
  const parents = made.map(({ parent }) => parent);
  return newRowValues(company, table, rows, parents);
}

function newRowValues(company: Company, table: Table, rows: NewRow[], parents: string[] | null): unknown[] {
  return [
    ...(parents ? [given(company, ID, parents, (parent) => parent)] : []),
    ...ROW_FIELDS.map((field) => given(company, field, rows, ({ row }) => field.value(row))),
    given(company, TRAIL, rows, ({ trail }) => trailLine(trail)),
    ...table.context.map((field) => given(company, field, rows, ({ row }) => field.value(row))),
    ...(table.payload?.fields ?? []).map((field) => given(company, field, rows, (row) => field.value(row))),
  ];
}

function answers<Item>(items: Item[], saved: StoredRow[], id: (item: Item) => string): boolean[] {
  if (saved.length === items.length) return items.map(() => true);
  const ids = new Set(saved.map((row) => row['id']));
  return items.map((item) => ids.has(id(item)));
}

function rowOf(table: Table, stored: StoredRow): Row {
  const context: Record<string, unknown> = {};
  for (const { key, name } of table.context) context[key] = stored[name];
  const timers = stored['timers'] as string | null;
  return {
    id: stored['id'] as string,
    version: stored['version'] as number,
    state: stored['state'] as string,
    wakeAt: stored['wake_at'] as number | null,
    pool: (stored['pool'] as string | null) ?? '',
    leasedBy: stored['leased_by'] as number | null,
    timers: timers === null ? null : timers.split(',').map(Number),
    context,
  };
}
