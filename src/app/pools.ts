import { POOLS, type PoolName } from '../actors/pools.ts';
import type { ServiceName } from '../config/config.ts';
import { Pool } from '../runtime/pool.ts';

const POOLS_OF: Partial<Record<ServiceName, PoolName[]>> = {
  delivery: ['sms', 'email', 'internal', 'research', 'balance'],
  callbacks: ['callbacks', 'callbacks-retry'],
  letters: ['letter-files', 'letter-print'],
};

/** The bulkheads of what a process runs. */
export function effectPools(services: readonly ServiceName[]): Record<string, Pool> {
  const names = services.flatMap((service) => POOLS_OF[service] ?? []);
  return Object.fromEntries(names.map((name) => [name, new Pool(POOLS[name])]));
}
