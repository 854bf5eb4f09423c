import { firetextInboundSms } from '../../providers/receipts/inbound-sms.ts';
import type { OpenHandler } from '../route.ts';
import { type InboundParts, inboundHandler, TAKEN } from './inbound-route.ts';
import { readFormReceipt } from './receipt-route.ts';

/** `POST /notifications/sms/receive/firetext`, a form (public-api 5.6). */
export function postInboundFiretext(parts: InboundParts): OpenHandler {
  return inboundHandler(parts, {
    read: async (request) => readFormReceipt(await request.body()),
    parse: firetextInboundSms,
    dropped: TAKEN,
  });
}
