import { mmgReceipt } from '../../providers/receipts/mmg.ts';
import type { OpenHandler } from '../route.ts';
import { type ReceiptParts, readJsonReceipt, receiptHandler } from './receipt-route.ts';

/** `POST /notifications/sms/mmg` (public-api 5.1). */
export function postMmg(parts: ReceiptParts): OpenHandler {
  return receiptHandler(parts, { read: readJsonReceipt, parse: mmgReceipt });
}
