import type { ServiceRecord } from '../../db/service-directory.ts';
import type { DailyPlace, Limits } from '../../limits/limits.ts';
import type { Call, KeyType } from '../../messages.ts';
import { type Refused, refused } from '../../refusal.ts';
import type { Validate } from '../../validation/schema.ts';
import { refusalAnswer } from '../error-response.ts';
import { checkDocument, readJson } from '../json-document.ts';
import type { HttpLog } from '../log.ts';
import type { HttpRequest } from '../request.ts';
import type { Answer, Caller, ServiceHandler } from '../route.ts';

export type SendParts = { call: Call; limits: Limits; log: HttpLog };

/** Who sends, as commands want it. */
export type Sender = { serviceId: string; apiKeyId: string; keyType: KeyType; requestId: string };

/** One kind of message: its schema, its command, and what the client is told. */
type SendRoute<Document, Sent> = {
  type: 'sms' | 'email';
  validate: Validate;
  send(sender: Sender, document: Document): Promise<Sent | Refused>;
  content(sent: Sent, document: Document): object;
};

type AnySent = { outcome: 'sent'; id: string; isStored: boolean; template: { id: string; version: number } };

type SentType = 'sms' | 'email' | 'letter';

/** An answer, and whether a message was stored that counts for the day. */
export type SendAnswer = { answer: Answer; isStored: boolean };

/** Daily limits of a test key in a service in trial mode: those of live services. Source: public-api 4.2. */
const LIVE_DAILY_LIMITS = { sms: 250_000, email: 250_000, letter: 20_000 } as const;

/** Limits, JSON, schema, command, in the order of public-api 4.1. */
export function sendHandler<Document extends { reference?: string }, Sent extends AnySent>(
  parts: SendParts,
  route: SendRoute<Document, Sent>,
): ServiceHandler {
  return withinLimits(parts, route.type, (request, caller) => sendDocument(request, caller, route));
}

/** What is over a limit is not even read. */
export function withinLimits(
  { limits, log }: SendParts,
  type: SentType,
  send: (request: HttpRequest, caller: Caller) => Promise<SendAnswer>,
): ServiceHandler {
  return async (request, caller) => {
    const { service, apiKey } = caller;
    if (!limits.takeToken(service.id, apiKey.keyType, service.rateLimit)) return refusalAnswer(overRate(caller));
    const limit = dailyLimit(service, apiKey.keyType, type);
    const place = limits.reserveDaily({ serviceId: service.id, keyType: apiKey.keyType, type, limit });
    if (!place.allowed) {
      log.info(
        { service_id: service.id },
        `service ${service.id} has been rate limited for daily use sent ${place.count} limit ${limit}`,
      );
      return refusalAnswer(overDailyLimit(type, limit));
    }
    return keepingPlace(place, () => send(request, caller));
  };
}

/** Gives the place in the day's count back unless a message was stored. */
async function keepingPlace(place: DailyPlace & { allowed: true }, send: () => Promise<SendAnswer>): Promise<Answer> {
  let isStored = false;
  try {
    const result = await send();
    isStored = result.isStored;
    return result.answer;
  } finally {
    if (!isStored) place.release();
  }
}

async function sendDocument<Document extends { reference?: string }, Sent extends AnySent>(
  request: HttpRequest,
  caller: Caller,
  route: SendRoute<Document, Sent>,
): Promise<SendAnswer> {
  const json = await readJson(request);
  if (json.outcome === 'refused') return { answer: refusalAnswer(json), isStored: false };
  const document = checkDocument<Document>(json.value, route.validate);
  if (document.outcome === 'refused') return { answer: refusalAnswer(document), isStored: false };

  const sent = await route.send(senderOf(request, caller), document.value);
  if (sent.outcome === 'refused') return { answer: refusalAnswer(sent), isStored: false };
  request.facts['notification_id'] = sent.id;
  return { answer: created(request.root, caller.service.id, route, sent, document.value), isStored: sent.isStored };
}

export function senderOf({ trace }: HttpRequest, { service, apiKey }: Caller): Sender {
  return { serviceId: service.id, apiKeyId: apiKey.id, keyType: apiKey.keyType, requestId: trace.traceId };
}

function created<Document extends { reference?: string }, Sent extends AnySent>(
  root: string,
  serviceId: string,
  route: SendRoute<Document, Sent>,
  sent: Sent,
  document: Document,
): Answer {
  const { id, template } = sent;
  const body = {
    id,
    reference: document.reference ?? null,
    uri: `${root}v2/notifications/${id}`,
    template: { ...template, uri: `${root}services/${serviceId}/templates/${template.id}` },
    scheduled_for: null,
    ...route.content(sent, document),
  };
  return { status: 201, body };
}

function dailyLimit(service: ServiceRecord, keyType: KeyType, type: SentType): number {
  return keyType === 'test' && service.restricted ? LIVE_DAILY_LIMITS[type] : service.dailyLimits[type];
}

function overRate({ service, apiKey }: Caller): Refused {
  const key = { normal: 'LIVE', team: 'TEAM', test: 'TEST' }[apiKey.keyType];
  const message = `Exceeded rate limit for key type ${key} of ${service.rateLimit} requests per 60 seconds`;
  return refused(429, 'RateLimitError', message);
}

function overDailyLimit(type: string, limit: number): Refused {
  return refused(429, 'TooManyRequestsError', `Exceeded send limits (${type}: ${limit}) for today`);
}
