import type { Column } from '../actor-type.ts';

const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;

/**
 * One column of many rows as PostgreSQL's array text. The driver would do the same for a JavaScript array, but it must
 * look at each value to learn its type, and quotes all of them.
 */
export function arrayLiteral<Item>(column: Column, items: readonly Item[], value: (item: Item) => unknown): string {
  const element = column.type === 'text' || column.type === 'json' ? quoted(column) : plain;
  let text = '{';
  for (const [index, item] of items.entries()) {
    if (index > 0) text += ',';
    const each = value(item);
    text += each === null || each === undefined ? 'NULL' : element(each);
  }
  return `${text}}`;
}

function quoted({ type }: Column): (value: unknown) => string {
  return (value) => {
    const text = type === 'json' ? JSON.stringify(value) : String(value);
    return NEEDS_ESCAPE.test(text) ? `"${text.replace(ESCAPED, '\\$&')}"` : `"${text}"`;
  };
}

function plain(value: unknown): string {
  return String(value);
}
