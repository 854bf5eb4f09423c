import type { ServiceBroker, ServiceSchema } from 'moleculer';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { effectsService } from '../../services/effects.service.ts';
import { runtimeService } from '../../services/runtime.service.ts';
import { EXAMPLE_CALLBACK } from '../actors/delivery-status-callback.ts';
import { EXAMPLE_LETTER } from '../actors/letter.ts';
import { EXAMPLE_NOTIFICATION } from '../actors/notification.ts';
import { EXAMPLE_SERVICE_CALLBACK } from '../actors/service-callback.ts';
import { EXAMPLE_SMS_BALANCE } from '../actors/sms-balance.ts';
import { brokerDispatch } from '../cluster.ts';
import { apiAddress, sandboxAddress } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import type { SecretBox } from '../crypto/secret-box.ts';
import type { Directory } from '../db/cached-directory.ts';
import { callbackAgent } from '../effects/callback-agent.ts';
import { notificationContent } from '../effects/notification-content.ts';
import { CALLBACK_TIMEOUT_MS } from '../effects/post-callback.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { ActorType } from '../runtime/actor-type.ts';
import { ReferenceClock } from '../runtime/clock.ts';
import { NodeRegistry } from '../runtime/postgres/node-registry.ts';
import { PostgresStore } from '../runtime/postgres/postgres-store.ts';
import { Runtime } from '../runtime/runtime.ts';
import { emailRendering } from '../threads/email-rendering.ts';
import type { Threads } from '../threads/threads.ts';
import { actorTypes } from './actors.ts';
import { type Letters, openLetters } from './letters.ts';
import { effectPools } from './pools.ts';
import { openProviders } from './providers.ts';
import { type ReceiptCommands, receiptCommands } from './receipts.ts';
import { openSmsBalance } from './sms-balance.ts';
import { upkeep } from './upkeep.ts';

/** A lease lives this long unless renewed; what a hung process held is taken over after it. */
const LEASE_MS = 5000;
/** Between two looks for due rows that nobody hinted at. */
const TICK_MS = 250;
/** Effects that run have this long to end when the process stops. */
const DRAIN_MS = 6000;

export type EngineParts = {
  config: Config;
  broker: ServiceBroker;
  pool: Pool;
  box: SecretBox;
  directory: Directory;
  /** Where letters are kept. */
  store: ObjectStore;
  /** Null in processes that have nothing to do with files sent by email. */
  sweepDocuments: (() => Promise<void>) | null;
  threads: Threads;
  metrics: Metrics;
  log: Logger;
};

/** What runs the charts in this process, with everything behind their names. */
export type Engine = {
  runtime: Runtime;
  clock: ReferenceClock;
  types: ActorType[];
  receipts: ReceiptCommands & Pick<Letters, 'recordPrintStatus'>;
  /** The actors on the bus that run it; the first starts and drains it. */
  services: ServiceSchema[];
  /** Closes connections to providers and services. */
  close(): Promise<void>;
};

export function openEngine(parts: EngineParts): Engine {
  const { config, broker, pool, box, directory, store: objects, sweepDocuments, threads, metrics, log } = parts;
  const clock = new ReferenceClock();
  const providers = openProviders(config, sandboxAddress(config), metrics.sends, log);
  const callbacks = callbackAgent({ timeoutMs: CALLBACK_TIMEOUT_MS, publicOnly: config.isLive });
  const content = notificationContent({
    ...providers,
    box,
    addresses: {
      emailDomain: config.NOTIFY_EMAIL_DOMAIN,
      adminBaseUrl: config.ADMIN_BASE_URL,
      apiBaseUrl: apiAddress(config),
      secretKey: config.SECRET_KEY.split(','),
      salt: config.DANGEROUS_SALT,
    },
    renderEmail: emailRendering(threads).renderEmail,
    fromNumber: config.FROM_NUMBER,
  });
  const receipts = receiptCommands({
    pool,
    box,
    directory,
    clock,
    runtime: () => runtime,
    arrivals: metrics.arrivals,
    log,
  });
  const { onReference, onSecondReference } = receipts;
  const now = () => clock.now();
  const smsBalance = openSmsBalance({ pool, now, runtime: () => runtime, log });
  const kinds = actorTypes({
    config,
    pool,
    box,
    directory,
    content,
    callbacks,
    receipts,
    onReference,
    onSecondReference,
    onTextFailure: smsBalance.callFailed,
    now,
    metrics,
    log,
  });
  const letters = openLetters({ config, pool, box, directory, store: objects, runtime: () => runtime, threads, log });
  const types = [
    kinds.notification,
    letters.type,
    kinds.callback,
    kinds.serviceCallback,
    smsBalance.type,
  ] as unknown as ActorType[];

  const store = new PostgresStore(pool, types);
  const membership = new NodeRegistry({
    pool,
    clock,
    name: broker.nodeID,
    log,
    onDeath: async (dead) => {
      for (const { name } of types) await store.expireLeases(name, dead, now());
    },
  });
  const runtime = new Runtime({
    store,
    clock,
    membership,
    dispatch: brokerDispatch(broker),
    pools: effectPools(config.SERVICES),
    leaseMs: LEASE_MS,
    tickMs: TICK_MS,
    log,
  });
  runtime.register(kinds.notification, EXAMPLE_NOTIFICATION);
  runtime.register(letters.type, EXAMPLE_LETTER);
  runtime.register(kinds.callback, EXAMPLE_CALLBACK);
  runtime.register(kinds.serviceCallback, EXAMPLE_SERVICE_CALLBACK);
  runtime.register(smsBalance.type, EXAMPLE_SMS_BALANCE);
  return {
    runtime,
    clock,
    types,
    receipts: { ...receipts, recordPrintStatus: letters.recordPrintStatus },
    services: [
      runtimeActor(runtime, membership, () =>
        upkeep({
          pool,
          sweepParkedReceipts: receipts.sweepParked,
          sweepDocuments,
          watchSmsBalance: config.SERVICES.includes('delivery') ? smsBalance.keepWatch : null,
          log,
        }),
      ),
      ...effectActors(config, runtime),
    ],
    close: async () => {
      await Promise.all([providers.close(), callbacks.close(), letters.close()]);
    },
  };
}

function runtimeActor(runtime: Runtime, membership: NodeRegistry, beginUpkeep: () => () => void): ServiceSchema {
  let endUpkeep = () => {};
  return runtimeService({
    start: async () => {
      await membership.join();
      runtime.run();
      endUpkeep = beginUpkeep();
    },
    stop: async () => {
      endUpkeep();
      await runtime.stop(DRAIN_MS);
      await membership.leave();
    },
    send: (actor, id, event) => runtime.send(actor, id, event),
    load: () => runtime.load(),
  });
}

function effectActors({ SERVICES }: Config, runtime: Runtime): ServiceSchema[] {
  return (['delivery', 'letters', 'callbacks'] as const)
    .filter((name) => SERVICES.includes(name))
    .map((name) => {
      const pools = Object.keys(effectPools([name]));
      return effectsService(name, { pools, receive: (hint) => runtime.receive(hint) });
    });
}
