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
import { migrate, openOrm } from '../../src/db/orm.ts';
import type { ActorType } from '../../src/runtime/actor-type.ts';
import { ReferenceClock } from '../../src/runtime/clock.ts';
import { nowhereElse } from '../../src/runtime/dispatch.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { alone } from '../../src/runtime/membership.ts';
import { Pool } from '../../src/runtime/pool.ts';
import { PostgresStore } from '../../src/runtime/postgres/postgres-store.ts';
import { Runtime } from '../../src/runtime/runtime.ts';
import type { PeerFactory } from '../peer.ts';

const LEASE_MS = 5000;
const TICK_MS = 250;

/** Effects at once and in wait; the app's own bulkheads are smaller (`src/actors/pools.ts`) and bound the same way. */
const POOL = { concurrency: 400, queue: 4000 };

/**
 * This project's runtime with the real notification and callback charts, tables and store. A text's receipt carries the
 * notification's own id, as MMG's does.
 */
export const runtime: PeerFactory = ({ pool, connection, provider, webhook, sent, done }) => {
  const clock = new ReferenceClock();
  const none = () => {};
  const notification = notificationActor({
    sendToProvider: async ({ attempt }, { id }) => {
      await provider(id);
      return { outcome: 'accepted', attempt, provider: 'mmg', providerReference: null, billableUnits: 1 };
    },
    simulateReceipt: async () => undefined,
    tellService: ({ id, context }) => ({
      type: DELIVERY_STATUS_CALLBACK,
      id: timeOrderedId(clock.now()),
      input: { ...EXAMPLE_CALLBACK, serviceId: context.serviceId, notificationId: id },
    }),
    announcements: {
      announceAcceptance: ({ id }) => sent(id, id),
      announceLateAcceptance: none,
      announceFailedAttempt: none,
      announceRetriesExhausted: none,
      announceRejection: none,
      announceInactiveService: none,
      announceUnmappedReceipt: none,
      announceTimeout: none,
    },
    loadRequests: async () => new Map(),
    internalServiceId: '',
  });
  const callback = deliveryStatusCallbackActor({
    postCallback: async (_input, { context }) => {
      await webhook(context.notificationId);
      return { outcome: 'taken', status: 200 };
    },
    announcements: {
      announceRefusal: none,
      announceExhaustion: none,
      announceSuccess: ({ context }) => done(context.notificationId),
    },
    loadCalls: async () => new Map(),
  });
  const store = new PostgresStore(pool, [notification, callback] as unknown as ActorType[]);
  const engine = new Runtime({
    store,
    clock,
    membership: alone,
    dispatch: nowhereElse,
    pools: { sms: new Pool(POOL), callbacks: new Pool(POOL) },
    leaseMs: LEASE_MS,
    tickMs: TICK_MS,
    log: {
      error: (facts, message) => console.error(message, facts),
      warn: (facts, message) => console.error(message, facts),
    },
  });
  engine.register(notification, EXAMPLE_NOTIFICATION);
  engine.register(callback, EXAMPLE_CALLBACK);
  return {
    setup: async () => {
      const { database: dbName, ...server } = connection;
      const orm = await openOrm({ ...server, dbName });
      await migrate(orm);
      await orm.close();
    },
    start: async () => engine.run(),
    accept: async ({ id, serviceId, templateId, recipient, personalisation }) => {
      const request: NotificationRequest = {
        serviceId,
        templateId,
        templateVersion: 1,
        apiKeyId: templateId,
        createdById: null,
        jobId: null,
        jobRowNumber: null,
        recipient,
        normalisedTo: recipient,
        clientReference: null,
        personalisation,
        phonePrefix: '44',
        rateMultiplier: 1,
        replyToText: 'GOVUK',
        documentDownloadCount: null,
        oneClickUnsubscribeUrl: null,
        requestId: id,
      };
      await engine.start(NOTIFICATION, id, { ...EXAMPLE_NOTIFICATION, serviceId, createdAt: clock.now() }, request);
    },
    receipt: async (reference) => {
      await engine.send(NOTIFICATION, reference, { type: 'receipt.delivered', provider: 'mmg' });
    },
    completed: async () => {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from delivery_status_callbacks where state = 'succeeded'`,
      );
      return rows[0]?.n ?? 0;
    },
    stop: () => engine.stop(1000),
  };
};
