import { downgradeToAscii } from './downgrade.ts';
import { countryPrefix, internationalSmsRate } from './international-sms-rates.ts';
import { type Attempt, attemptPhoneNumber } from './phone-number-attempt.ts';
import { type PhoneNumberError, phoneNumberError } from './phone-number-errors.ts';

/** A number that can be dialled. Whether a service may send to it is `phoneNumberRefusal`'s question. */
export type PhoneNumber = {
  /** E.164 digits without plus; used for sending and matching. */
  normalised: string;
  /** Country calling code 44, Crown dependencies included. */
  isUk: boolean;
  /** For billing. Crown dependencies are international. */
  international: boolean;
  /** The key of the rates table, for country code 44 too. */
  countryPrefix: string;
  /** The country is in the rates table; otherwise nothing can be sent to it. */
  hasRate: boolean;
  /** Multiplies fragments for billing; 1 when not international or without rate. */
  rateMultiplier: number;
  /** Delivery receipts from there can be believed. */
  deliveryReceipts: boolean;
  /** An alphanumeric sender must be replaced by a numeric one. */
  needsNumericSender: boolean;
  /** Country code 44 and a fixed line, possibly fixed line, or 03 and 055 number. */
  isUkLandline: boolean;
  /** Jersey, Guernsey, Isle of Man. */
  isCrownDependency: boolean;
};

export type ParsedPhoneNumber = ({ ok: true } & PhoneNumber) | ({ ok: false } & PhoneNumberError);

/** What a service may send to. */
export type PhoneNumberPermissions = { international: boolean; ukLandlines: boolean };

const UK_CODE = '44';
const UK_REGION = 'GB';

/**
 * A UK mobile in one of its usual spellings, without spaces; the group is the national number. The Isle of Man's 7624
 * is left out: there `DECIDING_DIGITS` are not enough.
 */
const UK_MOBILE = /^(?:\+44|44|0)(7(?!624)[0-9]{9})$/;
const SPACES = / /g;
/**
 * Everything libphonenumber says of a UK number that starts with 7 follows from this many digits of it, so that each
 * group of 100,000 numbers is looked up once (the library takes about a hundred times longer than all the rest).
 */
const DECIDING_DIGITS = 5;
const ukMobileRanges = new Map<string, PhoneNumber>();

function describe(attempt: Extract<Attempt, { ok: true }>): PhoneNumber {
  const { normalised, countryCode, region, isTvNumber } = attempt;
  const isUk = countryCode === UK_CODE;
  const international = region !== UK_REGION && !isTvNumber;
  const prefix = countryPrefix(countryCode, normalised);
  const rate = internationalSmsRate(prefix);
  return {
    normalised,
    isUk,
    international,
    countryPrefix: prefix,
    hasRate: rate !== undefined,
    rateMultiplier: international ? (rate?.rateMultiplier ?? 1) : 1,
    deliveryReceipts: rate?.deliveryReceipts ?? false,
    needsNumericSender: rate?.needsNumericSender ?? false,
    isUkLandline: isUk && attempt.kind === 'landline',
    isCrownDependency: isUk && international,
  };
}

/** What is left to try after a failure: no plus, no leading zeros, likenesses instead of odd characters. */
function cleaned(input: string): string {
  return downgradeToAscii(input.replaceAll('+', '').replace(/^0+/, ''));
}

function parseTwice(input: string, acceptsShortCodes: boolean): ParsedPhoneNumber {
  const first = attemptPhoneNumber(input, acceptsShortCodes);
  const attempt = first.ok ? first : attemptPhoneNumber(cleaned(input), acceptsShortCodes);
  return attempt.ok ? { ok: true, ...describe(attempt) } : { ok: false, ...phoneNumberError(attempt.code) };
}

/** Parses what someone typed, GB being the default country (content 5.1). The error is that of the second attempt. */
export function parsePhoneNumber(input: string): ParsedPhoneNumber {
  const national = UK_MOBILE.exec(input.replace(SPACES, ''))?.[1];
  if (national === undefined) return parseTwice(input, false);

  const range = national.slice(0, DECIDING_DIGITS);
  const known = ukMobileRanges.get(range);
  if (known !== undefined) return { ok: true, ...known, normalised: UK_CODE + national };

  const parsed = parseTwice(input, false);
  if (parsed.ok) {
    const { ok: _, ...number } = parsed;
    ukMobileRanges.set(range, number);
  }
  return parsed;
}

/** Parses a service's contact number, which may also be a three-digit short code, but not 999 or 112. */
export function parseServiceContactNumber(input: string): ParsedPhoneNumber {
  return parseTwice(input, true);
}

/** Why a service with these permissions may not send to a number, or null when it may (content 5.2). */
export function phoneNumberRefusal(
  number: PhoneNumber,
  { international, ukLandlines }: PhoneNumberPermissions,
): PhoneNumberError | null {
  if (!number.isUk && !international) return phoneNumberError('not_a_uk_mobile');
  if (number.isUkLandline && !ukLandlines) return phoneNumberError('not_a_uk_mobile');
  return number.hasRate ? null : phoneNumberError('unsupported_country_code');
}
