import { decodeFile } from '../documents/decode-file.ts';
import type { NotAvailable, SendPrecompiledLetterRequest } from '../messages.ts';
import { badRequest, type Checked, passed, type Refused } from '../refusal.ts';
import { letterKeyRefusal } from './allowed-letter.ts';
import type { SendLetterParts } from './send-letter.ts';
import { callersService } from './send-parts.ts';
import { permissionRefusal } from './sendable-template.ts';

/** Checks a PDF letter. None is scanned or stored yet: what passes is told that it is not available. */
export function sendPrecompiledLetter(
  parts: SendLetterParts,
): (request: SendPrecompiledLetterRequest) => Promise<NotAvailable | Refused> {
  return async (request) => {
    const checked = await checkPrecompiledLetter(parts, request);
    return checked.outcome === 'refused' ? checked : { outcome: 'not-available' };
  };
}

/** Every check of public-api 4.1 from the permission on; answers the file. What is in it is not looked at here. */
export async function checkPrecompiledLetter(
  parts: SendLetterParts,
  { serviceId, keyType, content }: SendPrecompiledLetterRequest,
): Promise<Checked<Buffer>> {
  const service = await callersService(parts, serviceId);
  const refusal = permissionRefusal(service, 'letter') ?? letterKeyRefusal(service, keyType);
  if (refusal) return refusal;
  const file = decodeFile(content);
  return file === null ? badRequest('Cannot decode letter content (invalid base64 encoding)') : passed(file);
}
