import { notificationMachine } from '../../machines/notification.machine.ts';
import { serviceCallbackMachine } from '../../machines/service-callback.machine.ts';
import { chartOf } from '../../src/console/chart.ts';
import { type ConsoleParts, consoleServer } from '../../src/console/server.ts';
import { openMetrics } from '../../src/metrics/metrics.ts';
import { readActors } from '../../src/queries/console-actors.ts';
import { readNotification } from '../../src/queries/console-notification.ts';
import { createTestDatabase } from '../support/database.ts';
import { notificationBench } from '../support/notification-bench.ts';

export type Shown = { status: number; text: string; headers: Headers };

/** The console over HTTP, on a database whose rows a runtime makes. */
export async function consoleBench(parts: Partial<ConsoleParts> = {}) {
  const database = await createTestDatabase();
  const bench = notificationBench(database.pool);
  const now = () => bench.clock.now();
  const errors: object[] = [];
  const types = [
    { machine: notificationMachine, table: { name: 'notifications' } },
    { machine: serviceCallbackMachine, table: { name: 'delivery_status_callbacks' } },
    { machine: serviceCallbackMachine, table: { name: 'service_callbacks' } },
  ];
  const server = consoleServer({
    port: 0,
    host: '127.0.0.1',
    token: null,
    charts: [notificationMachine, serviceCallbackMachine].map(chartOf),
    readActors: readActors(database.pool, types, now),
    readNotification: readNotification(database.pool),
    poolLoad: () => bench.runtime.load(),
    readMetrics: openMetrics().read,
    now,
    log: { error: (facts) => errors.push(facts) },
    ...parts,
  });
  const url = `http://127.0.0.1:${await server.listen()}`;
  return Object.assign(bench, {
    url,
    errors,
    pool: database.pool,
    get: async (path: string, headers: Record<string, string> = {}): Promise<Shown> => {
      const response = await fetch(url + path, { headers, redirect: 'manual' });
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
    close: async () => {
      await server.close();
      await database.drop();
    },
  });
}

/** The texts of each row of each table of a page. */
export function tableRows(page: string): string[][] {
  return [...page.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, cells = '']) =>
    [...cells.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]+>/g, '').trim()),
  );
}
