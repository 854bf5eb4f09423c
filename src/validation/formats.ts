import { parseEmailAddress } from '../content/email-address.ts';
import { parsePhoneNumber, phoneNumberRefusal } from '../content/phone-number.ts';
import { scheduledForProblem } from './scheduled-for.ts';
import { parseUuid } from './uuid.ts';

/** What is wrong with a text, in the words of public-api 3.2; null when it is right. */
type Format = (text: string) => string | null;

/** Schemas allow every country and landlines: permissions are checked later (public-api 4.6). */
const EVERYWHERE = { international: true, ukLandlines: true };

/** Of a precompiled letter (public-api 2.4); which country it goes to is found out later. */
export const POSTAGES: ReadonlySet<string> = new Set(['first', 'second', 'economy']);

function phoneNumberProblem(text: string): string | null {
  const parsed = parsePhoneNumber(text);
  return (parsed.ok ? phoneNumberRefusal(parsed, EVERYWHERE)?.apiMessage : parsed.apiMessage) ?? null;
}

function emailAddressProblem(text: string): string | null {
  const parsed = parseEmailAddress(text);
  return parsed.ok ? null : parsed.message;
}

/** The formats that request schemas may name. */
export const FORMATS: Readonly<Record<string, Format>> = {
  'phone-number': phoneNumberProblem,
  'email-address': emailAddressProblem,
  postage: (text) => (POSTAGES.has(text) ? null : 'invalid. It must be either first, second or economy.'),
  'scheduled-for': (text) => scheduledForProblem(text, Date.now()),
  uuid: (text) => (parseUuid(text) === null ? 'is not a valid UUID' : null),
};
