/** SQL of a time as milliseconds since the epoch. */
export function millis(column: string): string {
  return `floor(extract(epoch from ${column}) * 1000)::float8`;
}

/** SQL of the first column of a query's rows, as a JSON list; empty for no rows. The query names it `item`. */
export function jsonList(query: string): string {
  return `(select coalesce(json_agg(item), '[]') from (${query}) as items)`;
}

/** A text for `like` that matches itself only. */
export function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
