import { Gauge, type Registry } from 'prom-client';
import { failOpen } from '../limits/fail-open.ts';

/** A row of the provider table, as far as metrics need it. */
type Provider = { identifier: string; notificationType: string; priority: number; active: boolean };

/** Read at each scrape; the directory keeps them for a while. */
export type ReadProviders = () => readonly Provider[] | Promise<readonly Provider[]>;

type Log = { error(facts: object, message: string): void };

const PATIENCE_MS = 2000;

/** What weights text providers have now. Returns what brings them up to date before metrics are read. */
export function providerGauges(registry: Registry, read: ReadProviders, log: Log): () => Promise<void> {
  const weight = new Gauge({
    name: 'provider_priority',
    help: 'Share of texts that a provider is given, by weight; 0 for one that is switched off',
    labelNames: ['provider'],
    registers: [registry],
  });
  const guard = failOpen({ store: 'PostgreSQL', timeoutMs: PATIENCE_MS, log });
  return async () => {
    const providers = await guard('read', 'providers', async () => read());
    weight.reset();
    for (const { identifier, notificationType, priority, active } of providers ?? []) {
      if (notificationType === 'sms') weight.set({ provider: identifier }, active ? priority : 0);
    }
  };
}
