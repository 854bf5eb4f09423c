import type { NotAvailable } from '../../messages.ts';
import type { Refused } from '../../refusal.ts';
import { parseUuid } from '../../validation/uuid.ts';
import { notFoundAnswer, refusalAnswer } from '../error-response.ts';
import { isFields } from '../fields.ts';
import { checkDocument, readJson } from '../json-document.ts';
import type { ServiceHandler } from '../route.ts';
import {
  type SendLetterBody,
  type SendPrecompiledLetterBody,
  validateSendLetter,
  validateSendPrecompiledLetter,
} from '../schemas/send-letter.ts';
import { type Sender, type SendParts, senderOf, withinLimits } from './send-notification.ts';

/**
 * `POST /v2/notifications/letter` (public-api 2.3, 2.4): a PDF where the document has a key `content`, else a template's
 * letter. Letters are not made yet: a request that passes every check is answered as an unknown kind of notification is.
 */
export function postLetter(parts: SendParts): ServiceHandler {
  return withinLimits(parts, 'letter', async (request, caller) => {
    const json = await readJson(request);
    const result = json.outcome === 'refused' ? json : await send(parts, senderOf(request, caller), json.value);
    return { answer: result.outcome === 'refused' ? refusalAnswer(result) : notFoundAnswer(), isStored: false };
  });
}

function send(parts: SendParts, sender: Sender, value: unknown): Promise<NotAvailable | Refused> {
  const isPrecompiled = isFields(value) && Object.hasOwn(value, 'content');
  return isPrecompiled ? sendPrecompiled(parts, sender, value) : sendTemplated(parts, sender, value);
}

async function sendTemplated({ call }: SendParts, sender: Sender, value: unknown): Promise<NotAvailable | Refused> {
  const document = checkDocument<SendLetterBody>(value, validateSendLetter);
  if (document.outcome === 'refused') return document;
  const { template_id, personalisation, reference = null } = document.value;
  const templateId = parseUuid(template_id) ?? template_id;
  return call('notifications.sendLetter', { ...sender, templateId, personalisation, reference });
}

async function sendPrecompiled({ call }: SendParts, sender: Sender, value: unknown): Promise<NotAvailable | Refused> {
  const document = checkDocument<SendPrecompiledLetterBody>(value, validateSendPrecompiledLetter);
  if (document.outcome === 'refused') return document;
  const { reference, content, postage = 'second' } = document.value;
  return call('notifications.sendPrecompiledLetter', { ...sender, reference, content, postage });
}
