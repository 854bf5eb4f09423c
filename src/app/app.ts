import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { MikroORM } from '@mikro-orm/postgresql';
import { ServiceBroker } from 'moleculer';
import type { Logger } from 'pino';
import { brokerOptions } from '../../moleculer.config.ts';
import { directoryService } from '../../services/directory.service.ts';
import type { Config, ServiceName } from '../config/config.ts';
import { type SecretBox, secretBox } from '../crypto/secret-box.ts';
import { cachedDirectory, databaseDirectory } from '../db/cached-directory.ts';
import { openMetrics } from '../metrics/metrics.ts';
import { readDueRows } from '../queries/due-rows.ts';
import { openThreads } from '../threads/threads.ts';
import { startApi } from './api.ts';
import { openConsole } from './console.ts';
import { openDatabase } from './database.ts';
import { openDocuments } from './documents.ts';
import { openEngine } from './engine.ts';
import { openObjectStore } from './object-store.ts';
import { patientSource } from './patient-source.ts';
import { openSandbox } from './sandbox.ts';

export type App = {
  /** Null where this process does not run it; the same holds for the next three. */
  apiUrl: string | null;
  consoleUrl: string | null;
  sandboxUrl: string | null;
  documentsUrl: string | null;
  orm: MikroORM;
  box: SecretBox;
  /** Takes no new requests, drains, gives back what has not begun, and closes everything. Safe to call twice. */
  close(): Promise<void>;
};

/** Builds every part and joins them: the one place where they meet. `tell` hears what takes long at a first start. */
export async function openApp(config: Config, log: Logger, tell: (line: string) => void): Promise<App> {
  const runs = (name: ServiceName) => config.SERVICES.includes(name);
  const { orm, pool, close: closeDatabase } = await openDatabase(config, tell);
  const box = secretBox(config.SECRET_KEY.split(','));
  const directory = cachedDirectory(patientSource(databaseDirectory(pool, box)));
  const broker = new ServiceBroker(brokerOptions(config, nodeName(), log));
  const store = openObjectStore(config);
  const documents = openDocuments({ config, pool, store, directory, log });
  const sweepDocuments = runs('documents') ? documents.sweep : null;
  const metrics = openMetrics();
  const threads = openThreads();
  const engine = openEngine({ config, broker, pool, box, directory, store, sweepDocuments, threads, metrics, log });
  const { runtime, types, clock } = engine;
  metrics.watch({
    poolLoad: () => runtime.load(),
    connections: pool,
    readDueRows: readDueRows(pool, types, () => clock.now()),
    readProviders: () => directory.providers(),
    log,
  });
  const forgetting = directoryService({ forget: (serviceId) => directory.invalidateService(serviceId) });
  const actors = [...engine.services, forgetting].map((schema) => broker.createService(schema));

  const sandbox = runs('sandbox') && !config.isLive ? await openSandbox(config, log) : null;
  await broker.start();
  const downloads = runs('documents') ? await documents.startPages(broker) : null;
  const { upload: uploadDocument, check: checkFile } = documents;
  const shared = { config, broker, orm, pool, box, directory, store, engine, metrics, log };
  const api = runs('api') ? await startApi({ ...shared, uploadDocument, checkFile, threads }) : null;
  if (config.REPL) broker.repl();
  const pages = runs('console') ? await openConsole({ config, pool, engine, readMetrics: metrics.read, log }) : null;

  let closing: Promise<void> | undefined;
  const close = async () => {
    await api?.close();
    await downloads?.close();
    await pages?.close();
    for (const actor of actors) await broker.destroyService(actor);
    await broker.stop();
    await sandbox?.stop();
    await engine.close();
    await threads.close();
    await store.close();
    await closeDatabase();
  };
  return {
    apiUrl: api?.url ?? null,
    consoleUrl: pages?.url ?? null,
    sandboxUrl: sandbox?.url ?? null,
    documentsUrl: downloads?.url ?? null,
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
