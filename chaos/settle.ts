import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';

/** What became of accepted messages. `ms` is how long it took until all had ended. */
export type Settled = { unfinished: string[]; ms: number };

/** Notifications that are not in their last state, and those about which the service is not told yet. */
const UNFINISHED = `
select i.id from unnest($1::uuid[]) i(id) left join notifications n on n.id = i.id
where n.id is null or n.wake_at is not null
union select notification_id from delivery_status_callbacks
where wake_at is not null and notification_id = any($1::uuid[])`;

/** Notifications that no provider has accepted. */
const NOT_HANDED_OVER = `
select i.id from unnest($1::uuid[]) i(id) left join notifications n on n.id = i.id
where n.id is null or n.state like 'created%'`;

const PATIENCE_MS = 60_000;
const LOOK_MS = 50;

/** Waits until all of `ids` and the callbacks about them have ended; those that have not in time are lost. */
export function settle(database: ClientConfig, ids: string[]): Promise<Settled> {
  return until(UNFINISHED, database, ids);
}

/** Waits until a provider has accepted all of `ids`. */
export function handedOver(database: ClientConfig, ids: string[]): Promise<Settled> {
  return until(NOT_HANDED_OVER, database, ids);
}

/** When the outcome of each call was decided, by notification; of those whose outcome was saved. */
export async function savedOutcomes(database: ClientConfig, ids: string[]): Promise<Map<string, number[]>> {
  const client = new Client(database);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; trail: string }>(
      'select id, trail from notifications where id = any($1::uuid[])',
      [ids],
    );
    return new Map(rows.map(({ id, trail }) => [id, outcomesIn(trail)]));
  } finally {
    await client.end();
  }
}

/** A trail has a line for each step: time, event, state. */
function outcomesIn(trail: string): number[] {
  const lines = trail.split('\n').map((line) => line.split(' '));
  return lines.filter(([, event]) => event === 'sendToProvider.done').map(([at]) => Number(at));
}

async function until(query: string, database: ClientConfig, ids: string[]): Promise<Settled> {
  const started = Date.now();
  const client = new Client(database);
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ id: string }>(query, [ids]);
      const ms = Date.now() - started;
      if (rows.length === 0 || ms > PATIENCE_MS) return { unfinished: rows.map(({ id }) => id), ms };
      await sleep(LOOK_MS);
    }
  } finally {
    await client.end();
  }
}
