import type { Pool as PgPool } from 'pg';
import type { NotificationInput, SendOutcome } from '../../machines/notification.types.ts';
import type { CallbackParts } from '../../src/actors/callback.ts';
import {
  DELIVERY_STATUS_CALLBACK,
  deliveryStatusCallbackActor,
  EXAMPLE_CALLBACK,
} from '../../src/actors/delivery-status-callback.ts';
import {
  EXAMPLE_NOTIFICATION,
  NOTIFICATION,
  type NotificationRequest,
  notificationActor,
} from '../../src/actors/notification.ts';
import {
  EXAMPLE_SERVICE_CALLBACK,
  SERVICE_CALLBACK,
  type ServiceCallback,
  serviceCallbackActor,
} from '../../src/actors/service-callback.ts';
import type { ActorType } from '../../src/runtime/actor-type.ts';
import { ReferenceClock } from '../../src/runtime/clock.ts';
import { nowhereElse } from '../../src/runtime/dispatch.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { Pool } from '../../src/runtime/pool.ts';
import { PostgresStore } from '../../src/runtime/postgres/postgres-store.ts';
import { type ActorEvent, Runtime, type Sent } from '../../src/runtime/runtime.ts';

export const request: NotificationRequest = {
  serviceId: EXAMPLE_NOTIFICATION.serviceId,
  templateId: '11111111-1111-4111-8111-111111111111',
  templateVersion: 1,
  apiKeyId: null,
  createdById: null,
  jobId: null,
  jobRowNumber: null,
  recipient: '07700 900123',
  normalisedTo: '447700900123',
  clientReference: null,
  personalisation: null,
  phonePrefix: '44',
  rateMultiplier: 1,
  replyToText: 'GOVUK',
  documentDownloadCount: null,
  oneClickUnsubscribeUrl: null,
  requestId: 'test',
};

type Call = { id: string; attempt: number };

export type Bench = ReturnType<typeof notificationBench>;

export type BenchOptions = {
  node?: number;
  concurrency?: number;
  queue?: number;
  /** What stands behind the callbacks of the rarer kinds; nobody answers them by default. */
  serviceCallbacks?: CallbackParts<ServiceCallback>;
};

/** A runtime with the real charts on the real store; providers and receivers answer as the test says. */
export function notificationBench(pg: PgPool, options: BenchOptions = {}) {
  const { node = 1, concurrency = 50, queue = 100 } = options;
  const clock = new ReferenceClock();
  const noop = () => {};
  const bench = {
    clock,
    calls: [] as Call[],
    answer: ({ attempt }: Call): Promise<SendOutcome> =>
      Promise.resolve({ outcome: 'accepted', attempt, provider: 'mmg', providerReference: null, billableUnits: 1 }),
    callback: null as { callbackApiId: string; callbackApiVersion: number } | null,
  };
  const notification = notificationActor({
    sendToProvider: ({ attempt }, { id }) => {
      bench.calls.push({ id, attempt });
      return bench.answer({ id, attempt });
    },
    simulateReceipt: async () => undefined,
    tellService: ({ id, context }) =>
      bench.callback && {
        type: DELIVERY_STATUS_CALLBACK,
        id: timeOrderedId(clock.now()),
        input: { serviceId: context.serviceId, notificationId: id, ...bench.callback },
      },
    announcements: {
      announceAcceptance: noop,
      announceLateAcceptance: noop,
      announceFailedAttempt: noop,
      announceRetriesExhausted: noop,
      announceRejection: noop,
      announceInactiveService: noop,
      announceUnmappedReceipt: noop,
      announceTimeout: noop,
    },
    loadRequests: async (ids) => new Map(ids.map((id) => [id, request])),
    internalServiceId: '',
  });
  const callback = deliveryStatusCallbackActor({
    postCallback: () => new Promise(() => {}),
    announcements: { announceSuccess: noop, announceRefusal: noop, announceExhaustion: noop },
    loadCalls: async () => new Map(),
  });
  const serviceCallback = serviceCallbackActor(
    options.serviceCallbacks ?? {
      postCallback: () => new Promise(() => {}),
      announcements: { announceSuccess: noop, announceRefusal: noop, announceExhaustion: noop },
      loadCalls: async () => new Map(),
    },
  );
  const store = new PostgresStore(pg, [notification, callback, serviceCallback] as unknown as ActorType[]);
  const runtime = new Runtime({
    store,
    clock,
    membership: { node, liveOthers: () => [] },
    dispatch: nowhereElse,
    pools: {
      sms: new Pool({ concurrency, queue }),
      callbacks: new Pool({ concurrency, queue }),
      'callbacks-retry': new Pool({ concurrency, queue }),
    },
    leaseMs: 5000,
    tickMs: 50,
    log: { error: noop, warn: noop },
  });
  runtime.register(notification, EXAMPLE_NOTIFICATION);
  runtime.register(callback, EXAMPLE_CALLBACK);
  runtime.register(serviceCallback, EXAMPLE_SERVICE_CALLBACK);

  const until = async (condition: () => Promise<boolean>) => {
    while (!(await condition())) await clock.sleep(10);
  };
  const input = (): NotificationInput => ({ ...EXAMPLE_NOTIFICATION, createdAt: clock.now() });
  return Object.assign(bench, {
    store,
    runtime,
    until,
    input,
    start: async (asked: Partial<NotificationInput> = {}) => {
      const id = timeOrderedId(clock.now());
      await runtime.start(NOTIFICATION, id, { ...input(), ...asked }, request);
      return id;
    },
    send: (id: string, event: ActorEvent): Promise<Sent> => runtime.send(NOTIFICATION, id, event),
    startServiceCallback: (id: string, callback: ServiceCallback) => runtime.start(SERVICE_CALLBACK, id, callback),
    expire: (dead: number[]) => store.expireLeases(NOTIFICATION, dead, clock.now()),
    settled: (id: string, state: string) =>
      until(async () => (await store.load(NOTIFICATION, [id]))[0]?.state === state),
  });
}
