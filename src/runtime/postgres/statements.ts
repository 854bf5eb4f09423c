import type { Column } from '../actor-type.ts';
import { elementType, ROW_FIELDS, read, stored, type Table } from './tables.ts';

/**
 * Whether a statement is for one row or for many. Both say the same; that for one takes plain parameters, and costs the
 * server a third less.
 */
export type Company = 'one' | 'many';

/** Parameters, numbered from `$first`, that a statement reads as rows of `u`. */
type Given = { columns: Column[]; first: number };

const PARENT: Column = { name: 'parent', type: 'uuid' };
const TRAIL: Column = { name: 'trail', type: 'text' };

/** The columns that an insert of `table` takes, in order; with `parent` first where rows are somebody's children. */
function insertColumns(table: Table, asChildren: boolean): Column[] {
  return [...(asChildren ? [PARENT] : []), ...ROW_FIELDS, TRAIL, ...table.context, ...(table.payload?.fields ?? [])];
}

/**
 * The common table expressions that insert rows and their payloads. `onlyFor` names the expression whose ids say which
 * parents were saved.
 */
function insertExpressions(
  company: Company,
  table: Table,
  name: string,
  first: number,
  onlyFor: string | null,
): string {
  const columns = insertColumns(table, onlyFor !== null);
  const source = rows(company, { columns: columns.map(numbered), first });
  const where = onlyFor ? ` where u.parent in (select id from ${onlyFor})` : '';
  const payload = table.payload;
  const skipped = onlyFor ? 1 : 0;
  const own: [Column, string][] = [...ROW_FIELDS, TRAIL, ...table.context].map((column, index) => [
    column,
    stored(column, `u.c${index + skipped}`),
  ]);
  const parts = [
    `${name} as (insert into ${table.name} (${own.map(([column]) => column.name).join(', ')})
       select ${own.map(([, value]) => value).join(', ')} from ${source}${where} on conflict do nothing returning id)`,
  ];
  if (payload) {
    const offset = skipped + own.length;
    const values = payload.fields.map((field, index) => stored(field, `u.c${index + offset}`));
    parts.push(`${name}_payload as (insert into ${payload.name} (id, ${payload.fields.map(({ name: column }) => column).join(', ')})
       select u.c${skipped}, ${values.join(', ')} from ${source}${where} on conflict do nothing)`);
  }
  return parts.join(',\n     ');
}

/** Inserts rows and payloads in one statement; returns the ids that were new. */
export function insertStatement(company: Company, table: Table): string {
  return `with ${insertExpressions(company, table, 'saved', 1, null)}
select id from saved`;
}

/** Saves steps whose row is still at the version before, with their children; returns the ids that were. */
export function commitStatement(company: Company, table: Table, children: Table[]): string {
  const columns = commitColumns(table);
  const sets = columns.flatMap((column, index) => {
    if (column.name === 'id') return [];
    if (column.name === 'trail') return [`trail = s.trail || u.c${index}`];
    return [`${column.name} = ${stored(column, `u.c${index}`)}`];
  });
  const update = `saved as (update ${table.name} s set ${sets.join(', ')}
       from ${rows(company, { columns: columns.map(numbered), first: 1 })}
       where s.id = u.c0 and s.version = u.c1 - 1 returning s.id)`;
  return `with ${[update, ...childExpressions(company, children, columns.length + 1)].join(',\n     ')}
select id from saved`;
}

function commitColumns(table: Table): Column[] {
  return [...ROW_FIELDS, TRAIL, ...changing(table)];
}

/** The context columns that steps write. */
export function changing(table: Table): Table['context'] {
  return table.context.filter(({ fixed }) => !fixed);
}

function childExpressions(company: Company, children: Table[], first: number): string[] {
  let next = first;
  return children.map((child, index) => {
    const expression = insertExpressions(company, child, `child${index}`, next, 'saved');
    next += insertColumns(child, true).length;
    return expression;
  });
}

export function loadStatement(table: Table): string {
  return `select ${rowColumns(table)} from ${table.name} s where s.id = any($1::uuid[])`;
}

/**
 * Takes due rows. $1 pool, $2 now, $3 rows at most, $4 node, $5 end of the lease, $6 living other nodes, $7 the moment
 * before which even a living node's lease has been over for too long, $8 states. Times in milliseconds. Uses the index on
 * (pool, wake_at).
 */
export function claimStatement(table: Table): string {
  return `with due as (
       select id, wake_at, leased_by from ${table.name}
       where pool = $1 and wake_at <= to_timestamp($2 / 1000.0)
         and (leased_by is null or leased_by <> all($6::int4[]) or wake_at <= to_timestamp($7 / 1000.0))
         and state = any($8::text[])
       order by wake_at limit $3 for update skip locked)
update ${table.name} s set version = s.version + 1, leased_by = $4, wake_at = to_timestamp($5 / 1000.0)
from due where s.id = due.id
returning ${rowColumns(table)}, due.leased_by as held_before, (extract(epoch from due.wake_at) * 1000)::float8 as due_at`;
}

/** Moves deadlines of rows at a known version. $1 ids, $2 versions, $3 deadlines, $4 holders, $5 timers. */
export function renewStatement(table: Table): string {
  return `update ${table.name} s set wake_at = to_timestamp(u.wake_at / 1000.0), leased_by = u.leased_by, timers = u.timers
from unnest($1::uuid[], $2::int4[], $3::float8[], $4::int4[], $5::text[]) u(id, version, wake_at, leased_by, timers)
where s.id = u.id and s.version = u.version returning s.id`;
}

/** Makes rows of nodes that are gone due at once. $1 now, $2 these nodes, $3 the pools of effects. */
export function expireStatement(table: Table): string {
  return `update ${table.name} set wake_at = to_timestamp($1 / 1000.0)
where pool = any($3::text[]) and wake_at > to_timestamp($1 / 1000.0) and leased_by = any($2::int4[])`;
}

function rowColumns(table: Table): string {
  return [...ROW_FIELDS, ...table.context].map((column) => read(column, 's')).join(', ');
}

function numbered(column: Column, index: number): Column {
  return { ...column, name: column.name === 'parent' ? 'parent' : `c${index}` };
}

function rows(company: Company, { columns, first }: Given): string {
  if (company === 'one') {
    const values = columns.map((column, index) => `$${first + index}::${elementType(column)} as ${column.name}`);
    return `(select ${values.join(', ')}) u`;
  }
  const types = columns.map((column, index) => `$${first + index}::${elementType(column)}[]`);
  return `unnest(${types.join(', ')}) u(${columns.map(({ name }) => name).join(', ')})`;
}
