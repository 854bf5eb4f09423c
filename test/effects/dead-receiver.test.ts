import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CallbackCall } from '../../src/actors/callback.ts';
import {
  DELIVERY_STATUS_CALLBACK,
  type DeliveryStatusCallback,
  deliveryStatusCallbackActor,
  EXAMPLE_CALLBACK,
} from '../../src/actors/delivery-status-callback.ts';
import { POOLS } from '../../src/actors/pools.ts';
import { callbackAgent } from '../../src/effects/callback-agent.ts';
import { CALLBACK_TIMEOUT_MS, postCallback } from '../../src/effects/post-callback.ts';
import type { ActorType } from '../../src/runtime/actor-type.ts';
import { ReferenceClock } from '../../src/runtime/clock.ts';
import { nowhereElse } from '../../src/runtime/dispatch.ts';
import { timeOrderedId } from '../../src/runtime/id.ts';
import { alone } from '../../src/runtime/membership.ts';
import { Pool } from '../../src/runtime/pool.ts';
import { PostgresStore } from '../../src/runtime/postgres/postgres-store.ts';
import { Runtime } from '../../src/runtime/runtime.ts';
import { callbackReceiver } from '../http/callback-receiver.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const DEAD = '00000000-0000-4000-8000-00000000dead';
const ALIVE = '00000000-0000-4000-8000-0000000a11e0';

/** A server that takes every call and answers none. */
async function deadReceiver() {
  let calls = 0;
  const server = createServer((request) => {
    calls++;
    request.resume();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('a receiver that takes calls and never answers', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  test('with a thousand calls waiting holds its own places and nobody else’s, and no connection waits', async () => {
    const clock = new ReferenceClock();
    const noop = () => {};
    const dead = await deadReceiver();
    const alive = await callbackReceiver();
    const agent = callbackAgent({ timeoutMs: CALLBACK_TIMEOUT_MS, publicOnly: false });
    const services = new Map<string, string>();
    const call = (id: string): CallbackCall => ({
      isWanted: true,
      url: services.get(id) === DEAD ? dead.url : alive.url,
      bearerToken: 'a bearer token',
      body: { id },
      requestId: 'test',
      subject: { task: 'send_delivery_status_to_service', notificationId: id },
    });
    const callbacks = deliveryStatusCallbackActor({
      postCallback: postCallback(agent, { info: noop, warn: noop }),
      announcements: { announceSuccess: noop, announceRefusal: noop, announceExhaustion: noop },
      loadCalls: async (ids) => new Map(ids.map((id) => [id, call(id)])),
    });
    const pool = new Pool(POOLS.callbacks);
    const runtime = new Runtime({
      store: new PostgresStore(database.pool, [callbacks] as unknown as ActorType[]),
      clock,
      membership: alone,
      dispatch: nowhereElse,
      pools: { callbacks: pool },
      leaseMs: 5000,
      tickMs: 50,
      log: { error: noop, warn: noop },
    });
    runtime.register(callbacks, EXAMPLE_CALLBACK);
    runtime.run();
    const start = async (serviceId: string): Promise<void> => {
      const id = timeOrderedId(clock.now());
      services.set(id, serviceId);
      const input: DeliveryStatusCallback = { ...EXAMPLE_CALLBACK, serviceId };
      await runtime.start(DELIVERY_STATUS_CALLBACK, id, input);
    };

    await Promise.all(Array.from({ length: 1000 }, () => start(DEAD)));
    for (let turn = 0; turn < 5; turn++) {
      await Promise.all(Array.from({ length: 10 }, () => start(ALIVE)));
      expect(database.pool.waitingCount).toBe(0);
    }
    await alive.received(50);
    expect(dead.calls()).toBe(POOLS.callbacks.perKey);
    expect(pool.held).toBeLessThan(POOLS.callbacks.concurrency + POOLS.callbacks.queue);

    dead.stop();
    await runtime.stop(1000);
    await alive.stop();
    await agent.destroy();
  });
});
