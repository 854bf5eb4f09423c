import libphonenumber from 'google-libphonenumber';
import type { PhoneNumberErrorCode } from './phone-number-errors.ts';
import { ALL_WS } from './text/characters.ts';

const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } = libphonenumber;
const { ValidationResult } = PhoneNumberUtil;
const library = PhoneNumberUtil.getInstance();

const UNKNOWN_CHARACTER = new RegExp(`[^0-9()+\\-${ALL_WS}]`);
/** The fictional numbers 07700 900000 to 900999, and whatever else begins like them. */
const TV_NUMBER = /^7700[0-9]/;
const SHORT_CODE_LENGTH = 3;
const EMERGENCY_NUMBERS = new Set(['999', '112']);
const UK_REGION = 'GB';

type LibraryNumber = libphonenumber.PhoneNumber;
type LengthCheck = libphonenumber.PhoneNumberUtil.ValidationResult;

type PhoneNumberKind = 'landline' | 'other';

/** What libphonenumber makes of a string. */
export type Attempt =
  | {
      ok: true;
      /** E.164 without plus. */
      normalised: string;
      countryCode: string;
      /** ISO code, or null when the library knows none. */
      region: string | null;
      isTvNumber: boolean;
      kind: PhoneNumberKind;
    }
  | { ok: false; code: PhoneNumberErrorCode };

const LANDLINE_TYPES: ReadonlySet<number> = new Set([
  PhoneNumberType.FIXED_LINE,
  PhoneNumberType.FIXED_LINE_OR_MOBILE,
  PhoneNumberType.UAN,
]);
const ACCEPTED_TYPES: ReadonlySet<number> = new Set([
  ...LANDLINE_TYPES,
  PhoneNumberType.MOBILE,
  PhoneNumberType.PERSONAL_NUMBER,
]);

function parse(text: string, region?: string): LibraryNumber | null {
  try {
    return library.parse(text, region);
  } catch {
    return null;
  }
}

function lengthError(check: LengthCheck): PhoneNumberErrorCode {
  if (check === ValidationResult.TOO_LONG) return 'too_long';
  if (check === ValidationResult.TOO_SHORT || check === ValidationResult.IS_POSSIBLE_LOCAL_ONLY) return 'too_short';
  return check === ValidationResult.INVALID_COUNTRY_CODE ? 'unsupported_country_code' : 'invalid_number';
}

/** The number itself or, for one whose plus was forgotten, the number with it. */
function possibleNumber(number: LibraryNumber, text: string): LibraryNumber | PhoneNumberErrorCode {
  const check = library.isPossibleNumberWithReason(number);
  if (check === ValidationResult.IS_POSSIBLE) return number;
  const withPlus = parse(`+${text}`);
  // Here a number that can be dialled only locally counts as possible: a short fictional number gets through.
  return withPlus !== null && library.isPossibleNumber(withPlus) ? withPlus : lengthError(check);
}

function nationalNumber(number: LibraryNumber): string {
  return String(number.getNationalNumber());
}

function accepted(number: LibraryNumber): Attempt {
  const type = library.getNumberType(number);
  const isAccepted = library.isValidNumber(number) && ACCEPTED_TYPES.has(type);
  const isTvNumber = TV_NUMBER.test(nationalNumber(number));
  if (!isAccepted && !isTvNumber) return { ok: false, code: 'invalid_number' };
  return describe(number, isTvNumber, LANDLINE_TYPES.has(type) ? 'landline' : 'other');
}

function describe(number: LibraryNumber, isTvNumber: boolean, kind: PhoneNumberKind): Attempt {
  return {
    ok: true,
    normalised: library.format(number, PhoneNumberFormat.E164).slice(1),
    countryCode: String(number.getCountryCode()),
    region: library.getRegionCodeForNumber(number) ?? null,
    isTvNumber,
    kind,
  };
}

function shortCode(number: LibraryNumber): Attempt | null {
  const national = nationalNumber(number);
  if (national.length !== SHORT_CODE_LENGTH) return null;
  if (EMERGENCY_NUMBERS.has(national)) return { ok: false, code: 'unsupported_emergency_number' };
  return describe(number, false, 'other');
}

/** One attempt of content 5.1. `acceptsShortCodes` is for a service's contact number. */
export function attemptPhoneNumber(text: string, acceptsShortCodes: boolean): Attempt {
  if (UNKNOWN_CHARACTER.test(text)) return { ok: false, code: 'unknown_character' };
  if (text === '') return { ok: false, code: 'too_short' };
  const number = parse(text, UK_REGION);
  if (number === null) return { ok: false, code: 'invalid_number' };
  const short = acceptsShortCodes ? shortCode(number) : null;
  if (short !== null) return short;
  const possible = possibleNumber(number, text);
  return typeof possible === 'string' ? { ok: false, code: possible } : accepted(possible);
}

/** A normalised number as people write it: nationally for country code 44, otherwise internationally. */
export function humanReadablePhoneNumber(normalised: string): string {
  const number = parse(`+${normalised}`);
  if (number === null) return normalised;
  const isUk = normalised.startsWith('44');
  return library.format(number, isUk ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
}
