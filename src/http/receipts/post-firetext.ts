import { firetextReceipt } from '../../providers/receipts/firetext.ts';
import type { OpenHandler } from '../route.ts';
import { type ReceiptParts, readFormReceipt, receiptHandler } from './receipt-route.ts';

/** `POST /notifications/sms/firetext`, a form (public-api 5.2). */
export function postFiretext(parts: ReceiptParts): OpenHandler {
  return receiptHandler(parts, { read: readFormReceipt, parse: firetextReceipt });
}
