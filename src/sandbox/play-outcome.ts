import type { Outcome, SandboxReceipt } from './outcomes.ts';
import type { Pauses } from './pauses.ts';

export type Timing = {
  waiting: Pauses;
  /** Multiplies every delay of an outcome. */
  delayFactor: number;
};

/** Tells the API; resolves when the API has had the receipt, and never rejects. */
export type Report = (status: SandboxReceipt) => Promise<void>;

type Performance = {
  outcome: Outcome;
  /** How often this reference has been seen, this try included. */
  timesSeen: number;
  /** Not called for an outcome that never answers. */
  answer(answer: Exclude<Outcome['answer'], 'none'>): void;
  /** Must not hold the response: thousands of receipts can wait while the API is away. */
  report: Report;
  /** Notes that receipts are owed; the result is called when they are posted. */
  owe(): () => void;
};

/** Answers one request as its outcome says, and posts the receipts of an accepted one. Resolves on the answer. */
export async function playOutcome(
  { outcome, timesSeen, answer, report, owe }: Performance,
  timing: Timing,
): Promise<void> {
  if (outcome.answerAfterMs > 0) await timing.waiting.pause(outcome.answerAfterMs * timing.delayFactor);
  if (outcome.answer === 'none') return;
  if (timesSeen <= outcome.errorsFirst) return answer('error');
  const settle = outcome.receipts.length > 0 ? owe() : () => {};
  const reportAll = () => postReceipts(outcome, report, timing).then(settle);
  if (outcome.receiptsBeforeAnswer) await reportAll();
  answer(outcome.answer);
  if (!outcome.receiptsBeforeAnswer) void reportAll();
}

/** Posts an outcome's receipts, each after its delay. */
export async function postReceipts(
  { receipts }: Outcome,
  report: Report,
  { waiting, delayFactor }: Timing,
): Promise<void> {
  for (const { status, afterMs } of receipts) {
    if (afterMs > 0) await waiting.pause(afterMs * delayFactor);
    await report(status);
  }
}
