import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { chartOf } from '../console/chart.ts';
import { consoleServer } from '../console/server.ts';
import type { ReadMetrics } from '../metrics/metrics.ts';
import { readActors } from '../queries/console-actors.ts';
import { readNotification } from '../queries/console-notification.ts';
import type { Engine } from './engine.ts';

export type ConsoleParts = { config: Config; pool: Pool; engine: Engine; readMetrics: ReadMetrics; log: Logger };

/** Starts the operators' pages: on loopback, or on `HOST` where a token guards them. */
export async function openConsole({ config, pool, engine, readMetrics, log }: ConsoleParts) {
  const { types, runtime, clock } = engine;
  const host = config.CONSOLE_TOKEN === null ? '127.0.0.1' : config.HOST;
  const pages = consoleServer({
    port: config.CONSOLE_PORT,
    host: config.HOST,
    token: config.CONSOLE_TOKEN,
    charts: [...new Set(types.map(({ machine }) => machine))].map(chartOf),
    readActors: readActors(pool, types, () => clock.now()),
    readNotification: readNotification(pool),
    poolLoad: () => runtime.load(),
    readMetrics,
    now: () => clock.now(),
    log,
  });
  const port = await pages.listen();
  return { url: `http://${host}:${port}`, close: () => pages.close() };
}
