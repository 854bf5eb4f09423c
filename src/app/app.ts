import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { MikroORM } from '@mikro-orm/postgresql';
import { ServiceBroker } from 'moleculer';
import type { Logger } from 'pino';
import { brokerOptions } from '../../moleculer.config.ts';
import { effectsService } from '../../services/effects.service.ts';
import { runtimeService } from '../../services/runtime.service.ts';
import { EXAMPLE_CALLBACK } from '../actors/delivery-status-callback.ts';
import { EXAMPLE_NOTIFICATION } from '../actors/notification.ts';
import { brokerDispatch } from '../cluster.ts';
import { apiAddress, sandboxAddress } from '../config/addresses.ts';
import type { Config, ServiceName } from '../config/config.ts';
import { type SecretBox, secretBox } from '../crypto/secret-box.ts';
import { cachedDirectory, databaseDirectory } from '../db/cached-directory.ts';
import { notificationContent } from '../effects/notification-content.ts';
import { callbackAgent } from '../effects/post-callback.ts';
import type { ActorType } from '../runtime/actor-type.ts';
import { ReferenceClock } from '../runtime/clock.ts';
import { NodeRegistry } from '../runtime/postgres/node-registry.ts';
import { PostgresStore } from '../runtime/postgres/postgres-store.ts';
import { Runtime } from '../runtime/runtime.ts';
import { actorTypes } from './actors.ts';
import { startApi } from './api.ts';
import { openDatabase } from './database.ts';
import { effectPools } from './pools.ts';
import { openProviders } from './providers.ts';
import { receiptCommands } from './receipts.ts';
import { openSandbox } from './sandbox.ts';

export type App = {
  /** Null where this process does not run it; the same holds for the next two. */
  apiUrl: string | null;
  consoleUrl: string | null;
  sandboxUrl: string | null;
  orm: MikroORM;
  box: SecretBox;
  /** Takes no new requests, drains, gives back what has not begun, and closes everything. Safe to call twice. */
  close(): Promise<void>;
};

/** A lease lives this long unless renewed; what a hung process held is taken over after it. */
const LEASE_MS = 5000;
/** Between two looks for due rows that nobody hinted at. */
const TICK_MS = 250;
/** Effects that run have this long to end when the process stops. */
const DRAIN_MS = 6000;

/** Builds every part and joins them: the one place where they meet. `tell` hears what takes long at a first start. */
export async function openApp(config: Config, log: Logger, tell: (line: string) => void): Promise<App> {
  const runs = (name: ServiceName) => config.SERVICES.includes(name);
  const database = await openDatabase(config, tell);
  const { orm, pool } = database;
  const box = secretBox(config.SECRET_KEY.split(','));
  const directory = cachedDirectory(databaseDirectory(pool, box));
  const clock = new ReferenceClock();
  const broker = new ServiceBroker(brokerOptions(config, nodeName(), log));

  const providers = openProviders(config, sandboxAddress(config));
  const callbacks = callbackAgent();
  const content = notificationContent({
    ...providers,
    box,
    addresses: {
      emailDomain: config.NOTIFY_EMAIL_DOMAIN,
      adminBaseUrl: config.ADMIN_BASE_URL,
      apiBaseUrl: apiAddress(config),
      secretKey: config.SECRET_KEY,
      salt: config.DANGEROUS_SALT,
    },
    fromNumber: config.FROM_NUMBER,
  });

  const runtime = (): Runtime => engine;
  const receipts = receiptCommands({ pool, box, directory, clock, runtime, log });
  const types = actorTypes({
    config,
    pool,
    box,
    directory,
    content,
    callbacks,
    receipts,
    onReference: receipts.onReference,
    now: () => clock.now(),
    log,
  });
  const all = [types.notification, types.callback] as unknown as ActorType[];
  const store = new PostgresStore(pool, all);
  const registry = new NodeRegistry({
    pool,
    clock,
    name: broker.nodeID,
    log,
    onDeath: async (alive) => {
      for (const { name } of all) await store.expireLeases(name, alive, clock.now());
    },
  });
  const pools = effectPools(config.SERVICES);
  const engine = new Runtime({
    store,
    clock,
    membership: registry,
    dispatch: brokerDispatch(broker),
    pools,
    leaseMs: LEASE_MS,
    tickMs: TICK_MS,
    log,
  });
  engine.register(types.notification, EXAMPLE_NOTIFICATION);
  engine.register(types.callback, EXAMPLE_CALLBACK);

  let endSweep = () => {};
  const runtimeActor = broker.createService(
    runtimeService({
      start: async () => {
        await registry.join();
        engine.run();
        endSweep = receipts.sweep();
      },
      stop: async () => {
        endSweep();
        await engine.stop(DRAIN_MS);
        await registry.leave();
      },
      send: (actor, id, event) => engine.send(actor, id, event),
      load: () => engine.load(),
    }),
  );
  for (const name of ['delivery', 'callbacks'] as const) {
    if (runs(name)) {
      const own = Object.keys(effectPools([name]));
      broker.createService(effectsService(name, { pools: own, receive: (hint) => engine.receive(hint) }));
    }
  }

  const sandbox = runs('sandbox') && !config.isLive ? await openSandbox(config, log) : null;
  await broker.start();
  const api = runs('api')
    ? await startApi({ config, broker, pool, box, directory, clock, runtime: engine, receipts, log })
    : null;

  let closing: Promise<void> | undefined;
  const close = async () => {
    await api?.close();
    await broker.destroyService(runtimeActor);
    await broker.stop();
    await sandbox?.stop();
    await Promise.all([providers.close(), callbacks.close()]);
    await database.close();
  };
  return {
    apiUrl: api?.url ?? null,
    consoleUrl: null,
    sandboxUrl: sandbox?.url ?? null,
    orm,
    box,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function nodeName(): string {
  return `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
}
