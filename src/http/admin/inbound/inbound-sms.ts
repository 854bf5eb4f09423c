import { parsePhoneNumber } from '../../../content/phone-number.ts';
import type { InboundSmsView } from '../../../messages/admin-inbound.ts';
import { compileSchema } from '../../../validation/schema.ts';
import { wireTime } from '../../../wire-time.ts';
import type { HttpRequest } from '../../request.ts';
import { type OpenHandler, ok } from '../../route.ts';
import { dataAnswer } from '../answers.ts';
import { type AdminParts, adminHandler } from '../handler.ts';
import { readPage } from '../paging.ts';
import { pathPart } from '../path.ts';
import { document, nothing } from '../read.ts';
import { isoTime, orNull } from '../times.ts';

const SEARCH = compileSchema({ type: 'object', properties: { phone_number: { type: 'string' } } });

/** `POST /service/{service_id}/inbound-sms`: a phone number is no part of an address. */
export function listInboundTexts({ call }: AdminParts): OpenHandler {
  return adminHandler(
    document<{ phone_number?: string }>(SEARCH),
    ({ phone_number: typed }, request) =>
      call('inboundTexts.list', {
        ...inService(request),
        userNumber: typed === undefined ? null : storedNumber(typed),
      }),
    (texts) => dataAnswer(texts.map(inboundSmsJson)),
  );
}

/** `GET /service/{service_id}/inbound-sms/most-recent` */
export function listMostRecentTexts({ call }: AdminParts): OpenHandler {
  return adminHandler(
    readPage,
    (page, request) => call('inboundTexts.mostRecent', { ...inService(request), page }),
    ({ texts, hasNext }) => ok({ data: texts.map(inboundSmsJson), has_next: hasNext }),
  );
}

/** `GET /service/{service_id}/inbound-sms/summary` */
export function summariseInboundTexts({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('inboundTexts.summary', inService(request)),
    ({ count, mostRecent }) => ok({ count, most_recent: orNull(isoTime)(mostRecent) }),
  );
}

/** `GET /service/{service_id}/inbound-sms/{inbound_sms_id}` */
export function getInboundText({ call }: AdminParts): OpenHandler {
  return adminHandler(
    nothing,
    (_, request) => call('inboundTexts.get', { ...inService(request), id: pathPart(request, 'inbound_sms_id') }),
    (text) => ok(inboundSmsJson(text)),
  );
}

const inService = (request: HttpRequest) => ({ serviceId: pathPart(request, 'service_id') });

function inboundSmsJson(text: InboundSmsView): object {
  return { ...text, created_at: wireTime(text.created_at) };
}

/** Senders are stored as digits with country code; what is no number, as it is. */
function storedNumber(typed: string): string {
  const number = parsePhoneNumber(typed);
  return number.ok ? number.normalised : typed;
}
