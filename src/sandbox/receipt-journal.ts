import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { SandboxMessage } from './message-log.ts';

/** A message that a provider took and whose receipts the API has not had yet. */
export type OwedReceipts = {
  message: SandboxMessage;
  /** SES's id of the message; null for texts. */
  messageId: string | null;
};

export type ReceiptJournal = {
  /** Notes that receipts are owed; to be called before the message is accepted. The result is called when they are posted. */
  owe(owed: OwedReceipts): () => void;
  /** What an earlier process owed and had not posted; it is owed on. */
  inherited: readonly { owed: OwedReceipts; settle: () => void }[];
};

const MAX_ENTRIES = 50_000;

type Line = { owed: number; receipts: OwedReceipts } | { settled: number };

/** Receipts owed in memory only: they end with the process. */
export const forgetful: ReceiptJournal = { owe: () => () => {}, inherited: [] };

/**
 * Receipts owed in a file, so that a provider that is killed with the rest still tells how its messages ended, as the
 * real ones would. A line is with the system when `owe` returns; a power cut may lose it.
 */
export function receiptJournal(file: string): ReceiptJournal {
  const open = new Map<number, OwedReceipts>();
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const entry = parse(line);
    if (entry && 'receipts' in entry) open.set(entry.owed, entry.receipts);
    else if (entry) open.delete(entry.settled);
  }
  let last = Math.max(0, ...open.keys());
  let lines = open.size;
  const write = (entry: Line) => appendFileSync(file, `${JSON.stringify(entry)}\n`);
  const rewrite = () => {
    writeFileSync(file, [...open].map(([owed, receipts]) => `${JSON.stringify({ owed, receipts })}\n`).join(''), {
      mode: 0o600,
    });
    lines = open.size;
  };
  const settle = (number: number) => () => {
    open.delete(number);
    write({ settled: number });
    lines++;
    if (lines > MAX_ENTRIES && open.size < MAX_ENTRIES / 10) rewrite();
  };
  rewrite();
  return {
    owe: ({ message, messageId }) => {
      last++;
      const receipts = { message: { ...message, content: '', html: null }, messageId };
      open.set(last, receipts);
      write({ owed: last, receipts });
      lines++;
      return settle(last);
    },
    inherited: [...open].map(([number, owed]) => ({ owed, settle: settle(number) })),
  };
}

/** Null for the half line that a killed process may leave. */
function parse(line: string): Line | null {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return null;
  }
}
