import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { ensurePartitions } from '../db/partitions.ts';
import { deleteOldCounts } from '../limits/postgres-counters.ts';

const PARKED_RECEIPTS_MS = 30_000;
const PARTITIONS_MS = 3_600_000;
const DOCUMENTS_MS = 300_000;
const OLD_COUNTS_MS = 3_600_000;

export type UpkeepParts = {
  pool: Pool;
  sweepParkedReceipts(): Promise<void>;
  /** Null in processes that have nothing to do with files sent by email. */
  sweepDocuments: (() => Promise<void>) | null;
  log: Logger;
};

/** What must be looked after now and then, by every process and harmlessly by many. Returns how to end it. */
export function upkeep({ pool, sweepParkedReceipts, sweepDocuments, log }: UpkeepParts): () => void {
  const repeat = (what: string, everyMs: number, work: () => Promise<void>) =>
    setInterval(() => {
      work().catch((error: unknown) => log.warn({ err: error }, `${what} failed this time`));
    }, everyMs);
  const timers = [
    repeat('Sweeping parked receipts', PARKED_RECEIPTS_MS, sweepParkedReceipts),
    repeat('Making partitions', PARTITIONS_MS, () => ensurePartitions(pool)),
    repeat('Deleting old counts', OLD_COUNTS_MS, () => deleteOldCounts(pool, Date.now())),
    ...(sweepDocuments ? [repeat('Deleting expired documents', DOCUMENTS_MS, sweepDocuments)] : []),
  ];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
