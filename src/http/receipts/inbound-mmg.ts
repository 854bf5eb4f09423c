import { mmgInboundSms } from '../../providers/receipts/inbound-sms.ts';
import { isFields } from '../fields.ts';
import { parseJsonBody } from '../json.ts';
import type { OpenHandler } from '../route.ts';
import { type InboundParts, inboundHandler } from './inbound-route.ts';

const JSON_TYPE = /^application\/(?:[^;]*\+)?json\s*(?:;|$)/i;

/** `POST /notifications/sms/receive/mmg`, JSON and called so (public-api 5.6). */
export function postInboundMmg(parts: InboundParts): OpenHandler {
  return inboundHandler(parts, {
    read: async (request) => {
      const body = await request.body();
      if (!JSON_TYPE.test(request.incoming.headers['content-type'] ?? '')) return null;
      const parsed = parseJsonBody(body);
      return parsed.ok && isFields(parsed.value) ? parsed.value : null;
    },
    parse: mmgInboundSms,
    dropped: { status: 200, body: null, text: 'RECEIVED' },
  });
}
