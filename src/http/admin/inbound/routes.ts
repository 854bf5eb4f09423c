import type { AdminParts } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { addNumbers, getNumberOfService, listInboundNumbers, switchOffNumber } from './inbound-numbers.ts';
import { getInboundText, listInboundTexts, listMostRecentTexts, summariseInboundTexts } from './inbound-sms.ts';

const TEXTS = '/service/{service_id}/inbound-sms';

/** Numbers that receive texts, and those texts (internal-api 6.19). */
export function inboundRoutes(parts: AdminParts): Paths {
  return {
    '/inbound-number': { GET: listInboundNumbers(parts, 'list'), POST: addNumbers(parts) },
    '/inbound-number/available': { GET: listInboundNumbers(parts, 'available') },
    '/inbound-number/service/{service_id}': { GET: getNumberOfService(parts) },
    '/inbound-number/service/{service_id}/off': { POST: switchOffNumber(parts) },
    [TEXTS]: { POST: listInboundTexts(parts) },
    [`${TEXTS}/most-recent`]: { GET: listMostRecentTexts(parts) },
    [`${TEXTS}/summary`]: { GET: summariseInboundTexts(parts) },
    [`${TEXTS}/{inbound_sms_id}`]: { GET: getInboundText(parts) },
  };
}
