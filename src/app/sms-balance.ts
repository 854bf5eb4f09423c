import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { SMS_BALANCE, smsBalanceActor } from '../actors/sms-balance.ts';
import { checkSmsProviders, reduceSmsProvider } from '../commands/balance-sms-providers.ts';
import { timeOrderedDerivedId } from '../commands/derived-id.ts';
import { failureWatch } from '../effects/failure-watch.ts';
import { leastId } from '../queries/least-id.ts';
import { readSlowProviders } from '../queries/slow-providers.ts';
import type { Runtime } from '../runtime/runtime.ts';

export type SmsBalanceParts = {
  pool: Pool;
  now(): number;
  runtime(): Pick<Runtime, 'start' | 'send'>;
  log: Logger;
};

export type SmsBalance = {
  type: ReturnType<typeof smsBalanceActor>;
  /** A call to a text provider failed. */
  callFailed(provider: string): void;
  /** Sees to it that there is a watch for this hour; repeating it changes nothing. */
  keepWatch(): Promise<void>;
};

const HOUR_MS = 3_600_000;
/** Watches that ended are of interest for so long. */
const KEPT_MS = 7 * 24 * HOUR_MS;

/** The weights of text providers: who looks after them, and who is told of failures. */
export function openSmsBalance({ pool, now, runtime, log }: SmsBalanceParts): SmsBalance {
  const parts = { pool, now, log, readSlow: readSlowProviders(pool, now) };
  const type = smsBalanceActor({
    checkProviders: checkSmsProviders(parts),
    reduceProvider: reduceSmsProvider(parts),
  });
  const tellFailing = (provider: string) => {
    runtime()
      .send(SMS_BALANCE, watchAt(now()).id, { type: 'provider.failing', provider })
      .catch((error: unknown) => log.warn({ err: error, provider_name: provider }, 'A failing provider was not told'));
  };
  return {
    type,
    callFailed: failureWatch(now, tellFailing),
    keepWatch: async () => {
      const { id, startedAt } = watchAt(now());
      await runtime().start(SMS_BALANCE, id, { startedAt });
      await pool.query('delete from sms_balance_watches where wake_at is null and id < $1', [leastId(now() - KEPT_MS)]);
    },
  };
}

/** One an hour, the same for every process. */
function watchAt(at: number): { id: string; startedAt: number } {
  const startedAt = Math.floor(at / HOUR_MS) * HOUR_MS;
  return { id: timeOrderedDerivedId(startedAt, `${SMS_BALANCE} ${startedAt}`), startedAt };
}
