import { type SmsBalanceContext, type SmsBalanceInput, smsBalanceMachine } from '../../machines/sms-balance.machine.ts';
import type { ActorType, Effect } from '../runtime/actor-type.ts';

export const SMS_BALANCE = 'sms-balance';

/** Any input that the chart accepts. */
export const EXAMPLE_SMS_BALANCE: SmsBalanceInput = { startedAt: 0 };

type NoPayload = Record<string, never>;

export type SmsBalanceEffects = {
  checkProviders: Effect<SmsBalanceContext, NoPayload, { isRestDue: boolean }, void>;
  reduceProvider: Effect<SmsBalanceContext, NoPayload, { provider: string | null }, void>;
};

/** Watches over the weights of text providers: the chart, its table, and what stands behind the names in it. */
export function smsBalanceActor(effects: SmsBalanceEffects): ActorType<SmsBalanceContext, NoPayload> {
  return {
    name: SMS_BALANCE,
    machine: smsBalanceMachine,
    table: {
      name: 'sms_balance_watches',
      columns: {
        startedAt: { name: 'started_at', type: 'time', fixed: true },
        checks: { name: 'checks', type: 'int4' },
        failing: { name: 'failing', type: 'text' },
      },
    },
    pools: ['balance'],
    pool: () => 'balance',
    fairnessKey: () => SMS_BALANCE,
    effects,
    loadPayloads: async () => new Map(),
  };
}
