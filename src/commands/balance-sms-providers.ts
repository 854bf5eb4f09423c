import type { Pool, PoolClient } from 'pg';
import { NOTIFY_USER_ID } from '../built-in.ts';
import { reducedWeights, restingWeights, type SmsWeight } from '../providers/sms-weights.ts';
import type { ReadSlowProviders } from '../queries/slow-providers.ts';

export type BalanceParts = {
  pool: Pool;
  readSlow: ReadSlowProviders;
  /** Milliseconds since the epoch. */
  now(): number;
  log: { info(facts: object, message: string): void; warn(facts: object, message: string): void };
};

/** How long weights stay as they are after any change, by what would change them next. Source: workflows 3.7. */
const QUIET_MS = { slow: 300_000, failing: 60_000, rest: 900_000 } as const;
const MS_A_MINUTE = 60_000;

type StoredWeight = SmsWeight & { id: string; updatedAt: number | null };
type Change = (weights: readonly StoredWeight[]) => readonly SmsWeight[] | null;

const LOCK = `
select id, identifier, priority, (extract(epoch from updated_at) * 1000)::float8 as "updatedAt"
from provider_details where notification_type = 'sms' and active order by identifier for update`;

/** $1 ids, $2 priorities, $3 time in milliseconds, $4 user. */
const SAVE = `
with changed as (
  update provider_details p
  set priority = u.priority, version = p.version + 1, updated_at = to_timestamp($3 / 1000.0), created_by_id = $4
  from unnest($1::uuid[], $2::int4[]) u (id, priority)
  where p.id = u.id
  returning p.*
)
insert into provider_details_history select * from changed`;

/** Looks at how fast texts arrive: a provider that is slow while another is not loses traffic to the others. */
export function checkSmsProviders(parts: BalanceParts) {
  return async ({ isRestDue }: { isRestDue: boolean }): Promise<void> => {
    const { slow, others } = await parts.readSlow();
    if (others > 0) {
      for (const provider of slow) {
        parts.log.warn({ provider_name: provider }, `Slow delivery notifications detected for provider ${provider}`);
        await reduce(parts, provider, QUIET_MS.slow);
      }
    }
    if (isRestDue) await changeWeights(parts, QUIET_MS.rest, restingWeights);
  };
}

/** Takes traffic from a provider whose calls fail. Repeating it within a minute changes nothing. */
export function reduceSmsProvider(parts: BalanceParts) {
  return async ({ provider }: { provider: string | null }): Promise<void> => {
    if (provider !== null) await reduce(parts, provider, QUIET_MS.failing);
  };
}

async function reduce(parts: BalanceParts, provider: string, quietMs: number): Promise<void> {
  await changeWeights(parts, quietMs, (weights) => {
    if (weights.length >= 2) return weights.some(is(provider)) ? reducedWeights(weights, provider) : null;
    parts.log.info({}, 'Not adjusting providers, number of active providers is less than 2.');
    return null;
  });
}

/** All weights are held for the whole change: two never work on the same ones. */
async function changeWeights({ pool, now, log }: BalanceParts, quietMs: number, change: Change): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows: weights } = await client.query<StoredWeight>(LOCK);
    const at = now();
    if (weights.some(({ updatedAt }) => updatedAt !== null && updatedAt > at - quietMs)) {
      log.info({}, `Not adjusting providers, providers updated less than ${spelled(quietMs)} ago.`);
      return;
    }
    const changed = (change(weights) ?? []).flatMap(({ identifier, priority }) => {
      const before = weights.find(is(identifier));
      return before === undefined || before.priority === priority
        ? []
        : [{ ...before, from: before.priority, priority }];
    });
    if (changed.length === 0) return;
    await client.query(SAVE, [
      changed.map(({ id }) => id),
      changed.map(({ priority }) => priority),
      at,
      NOTIFY_USER_ID,
    ]);
    for (const { identifier, from, priority } of changed) {
      log.info(
        { provider_name: identifier },
        `Adjusting provider priority - ${identifier} going from ${from} to ${priority}`,
      );
    }
  });
}

async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

function is(identifier: string) {
  return (weight: SmsWeight) => weight.identifier === identifier;
}

/** As the original's log has it: `0:05:00`. */
function spelled(durationMs: number): string {
  return `0:${String(durationMs / MS_A_MINUTE).padStart(2, '0')}:00`;
}
