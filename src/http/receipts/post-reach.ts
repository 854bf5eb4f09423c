import { reachReceipt } from '../../providers/receipts/reach.ts';
import type { OpenHandler } from '../route.ts';
import { type ReceiptParts, readJsonReceipt, receiptHandler } from './receipt-route.ts';

/** `POST /notifications/sms/reach`: for development only, since the provider never went live (public-api 5.3). */
export function postReach(parts: ReceiptParts): OpenHandler {
  return receiptHandler(parts, { read: readJsonReceipt, parse: reachReceipt });
}
