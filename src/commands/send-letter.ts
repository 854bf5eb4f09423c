import { emailContent, isContentEmpty } from '../content/email.ts';
import { letterSubjectHtml } from '../content/letter.ts';
import { findTooLongQrCode } from '../content/letter-qr-codes.ts';
import type { Postage } from '../content/letter-timings.ts';
import type { PostalAddress } from '../content/postal-address.ts';
import type { Values } from '../content/values.ts';
import type { TemplateRecord } from '../db/template-directory.ts';
import type { SendLetterRequest, SentLetter } from '../messages.ts';
import { badRequest, type Checked, passed, type Refused } from '../refusal.ts';
import { acceptLetter, type LetterSendParts, newLetter } from './accept-letter.ts';
import { type LetterKeyType, letterKeyType } from './allowed-letter.ts';
import { letterAddress } from './letter-address.ts';
import { callersService } from './send-parts.ts';
import { isFile, permissionRefusal, personalisationRefusal, sendableTemplate } from './sendable-template.ts';

/** A letter that has passed every check. */
export type CheckedLetter = {
  keyType: LetterKeyType;
  template: TemplateRecord;
  /** The normalised address, one line a line. */
  recipient: string;
  postage: Postage;
  /** Whether it goes abroad. */
  international: boolean;
};

/** Every check of public-api 4.1 from the permission on, then stores the letter. Repeating it sends again. */
export function sendLetter(parts: LetterSendParts): (request: SendLetterRequest) => Promise<SentLetter | Refused> {
  return async (request) => {
    const checked = await checkLetter(parts, request);
    if (checked.outcome === 'refused') return checked;
    const { keyType, template, recipient, postage } = checked.value;
    const { serviceId, apiKeyId, requestId, personalisation, reference } = request;
    const { id: templateId, version, subject, content, letterContactBlock } = template;
    const letter = newLetter(parts);
    await acceptLetter(parts, letter, {
      serviceId,
      keyType,
      isPrecompiled: false,
      postage,
      templateId,
      templateVersion: version,
      apiKeyId,
      recipient,
      clientReference: reference,
      personalisation,
      replyToText: letterContactBlock,
      requestId,
    });
    return {
      outcome: 'sent',
      id: letter.id,
      isStored: true,
      subject: letterSubjectHtml(subject ?? '', personalisation),
      body: emailContent(content, personalisation),
      template: { id: templateId, version },
    };
  };
}

/** Every check of public-api 4.1 from the permission on. */
export async function checkLetter(
  parts: Pick<LetterSendParts, 'directory'>,
  { serviceId, keyType, templateId, personalisation }: SendLetterRequest,
): Promise<Checked<CheckedLetter>> {
  const service = await callersService(parts, serviceId);
  const notPermitted = permissionRefusal(service, 'letter');
  if (notPermitted) return notPermitted;
  const found = await sendableTemplate(parts.directory, service.id, templateId, 'letter');
  if (found.outcome === 'refused') return found;
  const template = found.value;
  const refusal = contentRefusal(template, personalisation);
  if (refusal) return refusal;
  const key = letterKeyType(service, keyType);
  if (key.outcome === 'refused') return key;
  const address = letterAddress(service, personalisation);
  if (address.outcome === 'refused') return address;
  const { normalisedLines, isInternational } = address.value;
  return passed({
    keyType: key.value,
    template,
    recipient: normalisedLines.join('\n'),
    postage: postageOf(address.value, template),
    international: isInternational,
  });
}

function contentRefusal({ subject, content, letterContactBlock }: TemplateRecord, values: Values): Refused | null {
  const qrCode = qrCodeRefusal(content, values);
  if (qrCode) return qrCode;
  const parts = { type: 'letter', subject: subject ?? '', body: content, contactBlock: letterContactBlock } as const;
  const missing = personalisationRefusal(parts, values);
  if (missing) return missing;
  if (isContentEmpty(content, values)) return badRequest('Your message is empty.');
  return Object.values(values).some(isFile) ? badRequest('Can only send a file by email') : null;
}

function qrCodeRefusal(content: string, values: Values): Refused | null {
  const code = findTooLongQrCode(content, values);
  if (code === null) return null;
  const message = 'Cannot create a usable QR code - the link is too long';
  const facts = { data: code.data, num_bytes: code.numBytes, max_bytes: code.maxBytes };
  return { outcome: 'refused', status: 400, errors: [{ error: 'ValidationError', message, ...facts }] };
}

/** Abroad it follows from the country (public-api 4.11). */
function postageOf({ country }: PostalAddress, { postage }: TemplateRecord): Postage {
  if (country.postageZone !== 'united-kingdom') return country.postageZone;
  return postage === 'first' || postage === 'economy' ? postage : 'second';
}
