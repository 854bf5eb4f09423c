import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { ensurePartitions } from '../db/partitions.ts';
import { deleteOldCounts } from '../limits/postgres-counters.ts';

const PARKED_RECEIPTS_MS = 30_000;
const PARTITIONS_MS = 3_600_000;
const DOCUMENTS_MS = 300_000;
const OLD_COUNTS_MS = 3_600_000;
const SMS_BALANCE_MS = 60_000;

export type UpkeepParts = {
  pool: Pool;
  sweepParkedReceipts(): Promise<void>;
  /** Null in processes that have nothing to do with files sent by email. */
  sweepDocuments: (() => Promise<void>) | null;
  /** Null in processes that send nothing. */
  watchSmsBalance: (() => Promise<void>) | null;
  log: Logger;
};

/** What must be looked after now and then, by every process and harmlessly by many. Returns how to end it. */
export function upkeep({ pool, sweepParkedReceipts, sweepDocuments, watchSmsBalance, log }: UpkeepParts): () => void {
  const attempt = (what: string, work: () => Promise<void>) => {
    work().catch((error: unknown) => log.warn({ err: error }, `${what} failed this time`));
  };
  const repeat = (what: string, everyMs: number, work: () => Promise<void>) =>
    setInterval(() => attempt(what, work), everyMs);
  if (watchSmsBalance) attempt('Watching the balance of texts', watchSmsBalance);
  const timers = [
    repeat('Sweeping parked receipts', PARKED_RECEIPTS_MS, sweepParkedReceipts),
    repeat('Making partitions', PARTITIONS_MS, () => ensurePartitions(pool)),
    repeat('Deleting old counts', OLD_COUNTS_MS, () => deleteOldCounts(pool, Date.now())),
    ...(watchSmsBalance ? [repeat('Watching the balance of texts', SMS_BALANCE_MS, watchSmsBalance)] : []),
    ...(sweepDocuments ? [repeat('Deleting expired documents', DOCUMENTS_MS, sweepDocuments)] : []),
  ];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
