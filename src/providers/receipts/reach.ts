import { parseReceipt, type ReceiptFormat, type ReceiptParse } from './receipt.ts';

/** The statuses are the placeholders of the original (workflows 3.3). */
const FORMAT: ReceiptFormat = {
  provider: 'reach',
  required: { status: 'status', reference: 'reference' },
  detailedCode: null,
  statuses: { 'TODO-d': 'delivered', 'TODO-tf': 'temporary-failure', 'TODO-pf': 'permanent-failure' },
  reason: () => undefined,
};

/** Reads the JSON body of `POST /notifications/sms/reach`. */
export function reachReceipt(body: unknown): ReceiptParse {
  return parseReceipt(body, FORMAT);
}
