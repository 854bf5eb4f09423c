import { Gauge, type Registry } from 'prom-client';
import { failOpen } from '../limits/fail-open.ts';
import type { ReadDueRows } from '../queries/due-rows.ts';
import { MS_A_SECOND } from './buckets.ts';
import { keptFor } from './kept-for.ts';

type Log = { error(facts: object, message: string): void };

/** However often metrics are asked for, and by however many. */
const READ_EVERY_MS = 15_000;
/** A scrape without these is better than none. */
const PATIENCE_MS = 2000;

/**
 * Rows that are due, over all processes: every process says the same. Returns what brings them up to date before metrics
 * are read. They are absent while the database does not answer.
 */
export function rowGauges(registry: Registry, read: ReadDueRows, log: Log): () => Promise<void> {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['actor', 'pool'], registers: [registry] });
  const due = gauge('actor_rows_due', 'Rows whose deadline has passed; counted to 10000');
  const overdue = gauge('actor_rows_overdue', 'Rows whose deadline passed more than a minute ago; counted to 10000');
  const oldest = gauge('actor_rows_oldest_due_seconds', 'Time since the deadline of the row that is due for longest');

  const guard = failOpen({ store: 'PostgreSQL', timeoutMs: PATIENCE_MS, log });
  const kept = keptFor(READ_EVERY_MS, read);
  return async () => {
    const rows = await guard('count', 'due rows', kept);
    for (const each of [due, overdue, oldest]) each.reset();
    for (const { actor, pool, ...facts } of rows ?? []) {
      due.set({ actor, pool }, facts.due);
      overdue.set({ actor, pool }, facts.overdue);
      oldest.set({ actor, pool }, facts.oldestMs / MS_A_SECOND);
    }
  };
}
