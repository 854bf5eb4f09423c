import { parseEmailAddress } from './email-address.ts';
import { parsePhoneNumber } from './phone-number.ts';

/** A recipient in the form that is matched: number, else address, else unchanged. Never fails; no text gives `''`. */
export function formatRecipient(recipient: unknown): string {
  if (typeof recipient !== 'string') return '';
  const number = parsePhoneNumber(recipient);
  if (number.ok) return number.normalised;
  const email = parseEmailAddress(recipient);
  return email.ok ? email.normalised : recipient;
}

/** Whether a recipient is on a team's or guest list, whatever the spelling (content 5.7). */
export function isAllowedRecipient(recipient: string, list: readonly string[]): boolean {
  const formatted = formatRecipient(recipient);
  return list.some((member) => formatRecipient(member) === formatted);
}
