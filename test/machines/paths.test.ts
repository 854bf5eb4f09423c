import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TestModel } from '@xstate/test';
import type { AnyStateMachine } from 'xstate';
import { letterMachine } from '../../machines/letter.machine.ts';
import { notificationMachine } from '../../machines/notification.machine.ts';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { smsBalanceMachine } from '../../machines/sms-balance.machine.ts';
import { DELIVERY_STATUS_CALLBACK } from '../../src/actors/delivery-status-callback.ts';
import { LETTER } from '../../src/actors/letter.ts';
import { NOTIFICATION } from '../../src/actors/notification.ts';
import { SERVICE_CALLBACK } from '../../src/actors/service-callback.ts';
import { SMS_BALANCE } from '../../src/actors/sms-balance.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  type ChartEvent,
  callbackEvents,
  callbackInput,
  letterEvents,
  letterInputs,
  notificationEvents,
  notificationInputs,
  serviceCallbackInput,
  smsBalanceEvents,
  smsBalanceInputs,
} from './events.ts';
import { StoredActor } from './stored-actor.ts';

type Snapshot = { value: unknown; status: string; context: { attempts: number; [fact: string]: unknown } };
type Path = { description: string; test(params: object): Promise<unknown> };

/** Facts that an event may change beside the state; times are the runtime's own. */
const FACTS = [
  'attempts',
  'outcomeWasLost',
  'sentBy',
  'billableUnits',
  'providerReference',
  'address',
  'postage',
  'failure',
  'failing',
];
/** Later attempts go as the first ones do. */
const MOST_ATTEMPTS = 2;
const PATIENCE_MS = 5000;
const ALL_TABLES = [
  'notifications',
  'notification_requests',
  'letters',
  'letter_requests',
  'delivery_status_callbacks',
  'service_callbacks',
  'sms_balance_watches',
];

/** One path for each way into each state: the state before, the event, the state after. */
function pathsOf(machine: AnyStateMachine, input: object, events: ChartEvent[]): Path[] {
  const place = ({ value, context }: Snapshot) => [value, factsOf(context)];
  return new TestModel(machine as never).getShortestPaths({
    input,
    events,
    stopWhen: ({ context }: Snapshot) => context.attempts > MOST_ATTEMPTS,
    serializeState: (state: Snapshot, event: ChartEvent | undefined, before: Snapshot | undefined) => {
      const moved = before && JSON.stringify(place(before)) !== JSON.stringify(place(state));
      return JSON.stringify([place(state), moved ? [before.value, event?.type] : null]);
    },
  } as never) as unknown as Path[];
}

function pathOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[key, inner] = ['', '']] = Object.entries(value as object);
  return `${key}.${pathOf(inner)}`;
}

function factsOf(context: object): object {
  return Object.fromEntries(Object.entries(context).filter(([name]) => FACTS.includes(name)));
}

describe('the row in the database agrees with the chart at every step of every path', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  const TABLES = {
    [NOTIFICATION]: 'notifications',
    [LETTER]: 'letters',
    [DELIVERY_STATUS_CALLBACK]: 'delivery_status_callbacks',
    [SERVICE_CALLBACK]: 'service_callbacks',
    [SMS_BALANCE]: 'sms_balance_watches',
  } as const;

  const trailOf = async (type: keyof typeof TABLES, id: string) => {
    const { rows } = await database.pool.query<{ trail: string }>(`select trail from ${TABLES[type]} where id = $1`, [
      id,
    ]);
    return rows[0]?.trail.trimEnd().split('\n') ?? [];
  };

  const walk = async (type: keyof typeof TABLES, path: Path, input: object, events: ChartEvent[]) => {
    // Few rows: deleting them is far faster than truncating many partitions.
    await database.pool.query(ALL_TABLES.map((table) => `delete from ${table}`).join(';'));
    const actor = new StoredActor(database.pool, type);
    await actor.start(input);
    const agrees = async ({ value, status, context }: Snapshot) => {
      const state = pathOf(value);
      const expected = { state, facts: factsOf(context), ended: status === 'done', leased: actor.owes(state) };
      const told = async () => {
        const row = await actor.row();
        return {
          state: row.state,
          facts: factsOf(row.context),
          ended: row.wakeAt === null,
          leased: row.leasedBy !== null,
        };
      };
      const until = performance.now() + PATIENCE_MS;
      while (!isDeepStrictEqual(await told(), expected) && performance.now() < until);
      expect(await told()).toEqual(expected);
      expect((await trailOf(type, actor.id)).at(-1)?.split(' ')[2]).toBe(state);
    };
    const step = ({ event }: { event: ChartEvent }) => actor.bringAbout(event);
    await path.test({
      events: Object.fromEntries(events.map(({ type: name }) => [name, step])),
      states: { '*': agrees },
    });
  };

  const named = notificationInputs.map((input) => {
    const { notificationType, keyType, international, receiptsBelieved } = input;
    const country = international ? `abroad, receipts ${receiptsBelieved ? 'count' : 'do not count'}` : 'at home';
    return [`${notificationType}, ${keyType} key, ${country}`, input] as const;
  });

  test.each(named.filter(([name]) => name.startsWith('sms')))(
    'notification: %s',
    async (_name, input) => {
      const paths = pathsOf(notificationMachine, input, notificationEvents);
      expect(paths.length).toBeGreaterThan(10);
      for (const path of paths) await walk(NOTIFICATION, path, input, notificationEvents);
    },
    120_000,
  );

  /** A printer is made up for letters from templates only. */
  const differing = letterInputs.filter(({ isPrecompiled, fakesDelivery }) => fakesDelivery || !isPrecompiled);
  test.each(
    differing.map(
      (input) =>
        [
          `${input.isPrecompiled ? 'as a PDF' : 'from a template'}, ${input.keyType} key, made-up printer ${input.fakesDelivery}`,
          input,
        ] as const,
    ),
  )(
    'letter: %s',
    async (_name, input) => {
      const paths = pathsOf(letterMachine, input, letterEvents);
      expect(paths.length).toBeGreaterThan(10);
      for (const path of paths) await walk(LETTER, path, input, letterEvents);
    },
    120_000,
  );

  test.each([
    [DELIVERY_STATUS_CALLBACK, callbackInput],
    [SERVICE_CALLBACK, serviceCallbackInput],
  ] as const)(
    '%s',
    async (kind, input) => {
      const paths = pathsOf(serviceCallbackMachine, input, callbackEvents);
      expect(paths.length).toBeGreaterThan(5);
      for (const path of paths) await walk(kind, path, input, callbackEvents);
    },
    120_000,
  );

  test.each(smsBalanceInputs)('watch over text providers: %j', async (input) => {
    const paths = pathsOf(smsBalanceMachine, input, smsBalanceEvents);
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) await walk(SMS_BALANCE, path, input, smsBalanceEvents);
  });
});
