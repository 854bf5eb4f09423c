import { ownValue, parseReceipt, type ReceiptFormat, type ReceiptParse } from './receipt.ts';

export type FiretextFailure = 'permanent-failure' | 'temporary-failure';

/** What Firetext's detailed codes mean (workflows 3.2). Keys are three digits, as sent. */
const CODES: Readonly<Record<string, { status: FiretextFailure; reason: string }>> = {
  '000': { status: 'temporary-failure', reason: 'No error reported' },
  '101': { status: 'permanent-failure', reason: 'Unknown Subscriber' },
  '102': { status: 'temporary-failure', reason: 'Absent Subscriber' },
  '103': { status: 'temporary-failure', reason: 'Subscriber Busy' },
  '104': { status: 'temporary-failure', reason: 'No Subscriber Memory' },
  '201': { status: 'permanent-failure', reason: 'Invalid Number' },
  '301': { status: 'permanent-failure', reason: 'SMS Not Supported' },
  '302': { status: 'temporary-failure', reason: 'SMS Not Supported' },
  '401': { status: 'permanent-failure', reason: 'Message Rejected' },
  '900': { status: 'temporary-failure', reason: 'Routing Error' },
};

const FORMAT: ReceiptFormat = {
  provider: 'firetext',
  required: { status: 'status', reference: 'reference' },
  detailedCode: 'code',
  statuses: { '0': 'delivered', '1': 'permanent-failure', '2': 'pending' },
  reason: (_status, code) => ownValue(CODES, code)?.reason,
};

/**
 * Reads the form of `POST /notifications/sms/firetext` (public-api 5.2). Status `1` comes out as `permanent-failure`
 * whatever its code: which failure it is also depends on the notification's own status (workflows 1.3 step 8).
 */
export function firetextReceipt(form: unknown): ReceiptParse {
  return parseReceipt(form, FORMAT);
}

/** The failure that a detailed code stands for when the receipt's status is `1`; undefined for an unknown code. */
export function firetextCodeStatus(code: string): FiretextFailure | undefined {
  return ownValue(CODES, code)?.status;
}
