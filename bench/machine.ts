import { cpus, loadavg, totalmem } from 'node:os';
import type { BenchServer } from './server.ts';

/** What the numbers were measured on, and what else ran there. */
export type Machine = {
  date: string;
  processor: string;
  cores: number;
  memoryGigabytes: number;
  node: string;
  postgres: string;
  /** Processes that wanted a core, averaged over the minute before the start. More than 0.5 spoils the numbers. */
  loadBefore: number;
};

export function machineOf(server: BenchServer): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: server.version,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

export function machineLine(machine: Machine): string {
  const { date, processor, cores, memoryGigabytes, node, postgres, loadBefore } = machine;
  return `${date}: ${cores} cores (${processor}), ${memoryGigabytes} GB, Node ${node}, PostgreSQL ${postgres} with fsync, load before ${loadBefore}`;
}
