import type { ServiceRecord } from '../../db/service-directory.ts';
import type { Limits, Place } from '../../limits/limits.ts';
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
  return withinLimits(parts, route.type, refusalAnswer, (request, caller) => sendDocument(request, caller, route));
}

/** What is over a limit goes no further; `refuse` spells why. */
export function withinLimits(
  { limits, log }: SendParts,
  type: SentType,
  refuse: (refused: Refused) => Answer,
  send: (request: HttpRequest, caller: Caller) => Promise<SendAnswer>,
): ServiceHandler {
  return async (request, caller) => {
    const { service, apiKey } = caller;
    const { id: serviceId, rateLimit: ratePerMinute } = service;
    const limit = dailyLimit(service, apiKey.keyType, type);
    const answer = limits.take({ serviceId, keyType: apiKey.keyType, ratePerMinute, type, limit });
    const taken = answer instanceof Promise ? await answer : answer;
    if (taken.outcome === 'over-rate') return refuse(overRate(caller));
    if (taken.outcome === 'over-daily') {
      log.info(
        { service_id: serviceId },
        `service ${serviceId} has been rate limited for daily use sent ${taken.count} limit ${limit}`,
      );
      return refuse(overDailyLimit(type, limit));
    }
    return keepingPlace(taken, () => send(request, caller));
  };
}

/** Gives the place in the day's count back unless a message was stored. */
async function keepingPlace(place: Place, send: () => Promise<SendAnswer>): Promise<Answer> {
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
  const body = createdBody(root, serviceId, sent, document.reference ?? null, route.content(sent, document));
  return { status: 201, body };
}

/** What is answered about a message that was accepted; `content` is its kind's own part. */
export function createdBody(
  root: string,
  serviceId: string,
  { id, template }: Pick<AnySent, 'id' | 'template'>,
  reference: string | null,
  content: object,
): object {
  return {
    id,
    reference,
    uri: `${root}v2/notifications/${id}`,
    template: { ...template, uri: `${root}services/${serviceId}/templates/${template.id}` },
    scheduled_for: null,
    ...content,
  };
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
