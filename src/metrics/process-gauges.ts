import { collectDefaultMetrics, Gauge, type Registry, register } from 'prom-client';

export type PoolLoad = Record<string, { running: number; queued: number }>;

/** What a pool of database connections tells of itself. */
export type Connections = { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number };

/** Effects of this process, by pool; read when asked for. */
export function poolGauges(registry: Registry, load: () => PoolLoad): void {
  new Gauge({
    name: 'effect_pool_effects',
    help: 'Effects that run, and that wait in memory for a place, in this process',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [pool, { running, queued }] of Object.entries(load())) {
        this.set({ pool, state: 'running' }, running);
        this.set({ pool, state: 'queued' }, queued);
      }
    },
  });
}

/** Database connections of this process; read when asked for. The first two names: workflows 8.2. */
export function connectionGauges(registry: Registry, pool: Connections): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('db_connection_total_connected', 'Open database connections', () => pool.totalCount);
  gauge('db_connection_total_checked_out', 'Database connections in use', () => pool.totalCount - pool.idleCount);
  gauge('db_connection_total_waiting', 'Callers that wait for a database connection', () => pool.waitingCount);
}

let isCollecting = false;

/**
 * CPU, memory, garbage collection and the event loop's lag. They are the process's, whatever runs in it, and cannot be
 * stopped: one registry has them, and they are begun once.
 */
export function processRegistry(): Registry {
  if (!isCollecting) collectDefaultMetrics();
  isCollecting = true;
  return register;
}
