import { decodeFile } from '../documents/decode-file.ts';
import { scanKey } from '../letters/object-names.ts';
import type { SendPrecompiledLetterRequest, SentPrecompiledLetter } from '../messages.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { badRequest, type Checked, passed, type Refused } from '../refusal.ts';
import { acceptLetter, type LetterSendParts, newLetter } from './accept-letter.ts';
import { type LetterKeyType, letterKeyType } from './allowed-letter.ts';
import type { PrecompiledTemplate } from './precompiled-template.ts';
import { callersService } from './send-parts.ts';
import { permissionRefusal } from './sendable-template.ts';

export type SendPrecompiledLetterParts = LetterSendParts & {
  store: ObjectStore;
  /** The service's hidden template; made at its first use. */
  template(serviceId: string): Promise<PrecompiledTemplate>;
};

/** What stands for the address until the checks have found it. */
const NOT_YET_KNOWN = 'Provided as PDF';

/**
 * Every check of public-api 4.1 from the permission on, then stores the file, and then the letter: where the file cannot
 * be stored there is no letter. What is in the file is looked at later. Repeating it sends again.
 */
export function sendPrecompiledLetter(
  parts: SendPrecompiledLetterParts,
): (request: SendPrecompiledLetterRequest) => Promise<SentPrecompiledLetter | Refused> {
  return async (request) => {
    const checked = await checkPrecompiledLetter(parts, request);
    if (checked.outcome === 'refused') return checked;
    const { serviceId, apiKeyId, requestId, reference, postage } = request;
    const template = await parts.template(serviceId);
    const letter = newLetter(parts);
    await parts.store.put(scanKey({ ...letter, postage }), checked.value.file);
    await acceptLetter(parts, letter, {
      serviceId,
      keyType: checked.value.keyType,
      isPrecompiled: true,
      postage,
      templateId: template.id,
      templateVersion: template.version,
      apiKeyId,
      recipient: NOT_YET_KNOWN,
      clientReference: reference,
      personalisation: { address_line_1: NOT_YET_KNOWN },
      replyToText: null,
      requestId,
    });
    return { outcome: 'sent', id: letter.id, isStored: true, reference, postage };
  };
}

/** Every check of public-api 4.1 from the permission on; answers the file. What is in it is not looked at here. */
export async function checkPrecompiledLetter(
  parts: Pick<LetterSendParts, 'directory'>,
  { serviceId, keyType, content }: SendPrecompiledLetterRequest,
): Promise<Checked<{ keyType: LetterKeyType; file: Buffer }>> {
  const service = await callersService(parts, serviceId);
  const refusal = permissionRefusal(service, 'letter');
  if (refusal) return refusal;
  const key = letterKeyType(service, keyType);
  if (key.outcome === 'refused') return key;
  const file = decodeFile(content);
  if (file === null) return badRequest('Cannot decode letter content (invalid base64 encoding)');
  return passed({ keyType: key.value, file });
}
