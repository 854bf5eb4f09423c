import type { Refused } from '../../refusal.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { refusalAnswer } from '../error-response.ts';
import { isFields } from '../fields.ts';
import { checkDocument, readJson } from '../json-document.ts';
import type { HttpRequest } from '../request.ts';
import type { Caller, ServiceHandler } from '../route.ts';
import {
  type SendLetterBody,
  type SendPrecompiledLetterBody,
  validateSendLetter,
  validateSendPrecompiledLetter,
} from '../schemas/send-letter.ts';
import { createdBody, type SendAnswer, type SendParts, senderOf, withinLimits } from './send-notification.ts';

type LetterSent = { id: string; isStored: boolean; body: object };

/**
 * `POST /v2/notifications/letter` (public-api 2.3, 2.4): a PDF where the document has a key `content`, else a template's
 * letter.
 */
export function postLetter(parts: SendParts): ServiceHandler {
  return withinLimits(parts, 'letter', refusalAnswer, (request, caller) => sendLetter(parts, request, caller));
}

async function sendLetter(parts: SendParts, request: HttpRequest, caller: Caller): Promise<SendAnswer> {
  const json = await readJson(request);
  const sent = json.outcome === 'refused' ? json : await send(parts, request, caller, json.value);
  if ('outcome' in sent) return { answer: refusalAnswer(sent), isStored: false };
  request.facts['notification_id'] = sent.id;
  return { answer: { status: 201, body: sent.body }, isStored: sent.isStored };
}

function send(parts: SendParts, request: HttpRequest, caller: Caller, value: unknown): Promise<LetterSent | Refused> {
  const isPrecompiled = isFields(value) && Object.hasOwn(value, 'content');
  return (isPrecompiled ? sendPrecompiled : sendTemplated)(parts, request, caller, value);
}

async function sendTemplated(
  { call }: SendParts,
  request: HttpRequest,
  caller: Caller,
  value: unknown,
): Promise<LetterSent | Refused> {
  const document = checkDocument<SendLetterBody>(value, validateSendLetter);
  if (document.outcome === 'refused') return document;
  const { template_id, personalisation, reference = null } = document.value;
  const templateId = parseUuid(template_id) ?? template_id;
  const sent = await call('notifications.sendLetter', {
    ...senderOf(request, caller),
    templateId,
    personalisation,
    reference,
  });
  if (sent.outcome === 'refused') return sent;
  const { id, isStored, subject, body } = sent;
  return {
    id,
    isStored,
    body: createdBody(request.root, caller.service.id, sent, reference, { content: { subject, body } }),
  };
}

async function sendPrecompiled(
  { call }: SendParts,
  request: HttpRequest,
  caller: Caller,
  value: unknown,
): Promise<LetterSent | Refused> {
  const document = checkDocument<SendPrecompiledLetterBody>(value, validateSendPrecompiledLetter);
  if (document.outcome === 'refused') return document;
  const { reference, content, postage = 'second' } = document.value;
  const sender = senderOf(request, caller);
  const sent = await call('notifications.sendPrecompiledLetter', { ...sender, reference, content, postage });
  if (sent.outcome === 'refused') return sent;
  const { id, isStored } = sent;
  return { id, isStored, body: { id, reference: sent.reference, postage: sent.postage } };
}
