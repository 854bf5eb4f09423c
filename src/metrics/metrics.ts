import { Registry } from 'prom-client';
import type { HttpMeter } from '../http/meter.ts';
import type { ReadDueRows } from '../queries/due-rows.ts';
import { type ArrivalMeter, arrivalMeter } from './arrival-meter.ts';
import { type CallbackMeter, callbackMeter } from './callback-meter.ts';
import { httpMeter } from './http-meter.ts';
import { type LimitMeter, limitMeter } from './limit-meter.ts';
import { type Connections, connectionGauges, type PoolLoad, poolGauges, processRegistry } from './process-gauges.ts';
import { providerGauges, type ReadProviders } from './provider-gauges.ts';
import { rowGauges } from './row-gauges.ts';
import { type SendMeter, sendMeter } from './send-meter.ts';

/** All metrics of a process, in Prometheus's text format. */
export type ReadMetrics = () => Promise<{ contentType: string; text: string }>;

/** What is looked at when metrics are asked for. */
export type Watched = {
  poolLoad(): PoolLoad;
  connections: Connections;
  readDueRows: ReadDueRows;
  readProviders: ReadProviders;
  log: { error(facts: object, message: string): void };
};

/** The metrics of one process: what counts for others, and how it is read. Labels never hold ids or recipients. */
export type Metrics = {
  http: HttpMeter;
  sends: SendMeter;
  callbacks: CallbackMeter;
  arrivals: ArrivalMeter;
  limits: LimitMeter;
  /** To be called once, when the parts are there. */
  watch(watched: Watched): void;
  read: ReadMetrics;
};

export function openMetrics(): Metrics {
  const registry = new Registry();
  const ofProcess = processRegistry();
  let refresh = async () => {};
  return {
    http: httpMeter(registry),
    sends: sendMeter(registry),
    callbacks: callbackMeter(registry),
    arrivals: arrivalMeter(registry),
    limits: limitMeter(registry),
    watch: ({ poolLoad, connections, readDueRows, readProviders, log }) => {
      poolGauges(registry, poolLoad);
      connectionGauges(registry, connections);
      const gauges = [rowGauges(registry, readDueRows, log), providerGauges(registry, readProviders, log)];
      refresh = async () => {
        await Promise.all(gauges.map((update) => update()));
      };
    },
    read: async () => {
      await refresh();
      const all = Registry.merge([registry, ofProcess]);
      return { contentType: all.contentType, text: await all.metrics() };
    },
  };
}
