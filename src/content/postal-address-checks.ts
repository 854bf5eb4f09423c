import type { PostalAddress } from './postal-address.ts';

export const MIN_ADDRESS_LINES = 3;
export const MAX_ADDRESS_LINES = 7;

const FORBIDDEN_START = /^[@()=[\]"\\/,<>~]/;
const NO_FIXED_ABODE = /^nfa$|no f[i\u0130\u0131]xed (?:abode|address)/iu;
const ASCII_ALPHANUMERIC = /[A-Za-z0-9]/;

/** The checks of content 5.4; an address is valid when all of them hold. */
export type PostalAddressChecks = {
  hasEnoughLines: boolean;
  hasTooManyLines: boolean;
  hasValidLastLine: boolean;
  hasInvalidCharacters: boolean;
  /** A Forces address with a foreign country. */
  isInternationalBfpo: boolean;
  isNoFixedAbode: boolean;
  hasAlphanumericFirstLines: boolean;
};

function lineCount({ normalisedLines }: PostalAddress): number {
  return normalisedLines.filter((line) => line !== '').length;
}

function hasValidLastLine(address: PostalAddress, allowInternational: boolean): boolean {
  const { isInternational, postcode, bfpoNumber } = address;
  if (isInternational) return allowInternational && bfpoNumber === null;
  return postcode !== null || bfpoNumber !== null;
}

/** @param allowInternational whether the service may send letters to other countries */
export function postalAddressChecks(address: PostalAddress, allowInternational: boolean): PostalAddressChecks {
  const { normalisedLines: lines, isInternational, bfpoNumber } = address;
  const [first, second] = lines;
  return {
    hasEnoughLines: lineCount(address) >= MIN_ADDRESS_LINES,
    hasTooManyLines: lineCount(address) > MAX_ADDRESS_LINES,
    hasValidLastLine: hasValidLastLine(address, allowInternational),
    hasInvalidCharacters: lines.some((line) => FORBIDDEN_START.test(line)),
    isInternationalBfpo: isInternational && bfpoNumber !== null,
    isNoFixedAbode: lines.some((line) => NO_FIXED_ABODE.test(line)),
    hasAlphanumericFirstLines: [first, second].every((line) => line !== undefined && ASCII_ALPHANUMERIC.test(line)),
  };
}

/** What the API says of an address that cannot be written to, or null for one that can. */
export function postalAddressError(address: PostalAddress, allowInternational: boolean): string | null {
  const checks = postalAddressChecks(address, allowInternational);
  if (!checks.hasEnoughLines) return `Address must be at least ${MIN_ADDRESS_LINES} lines`;
  if (checks.hasTooManyLines) return `Address must be no more than ${MAX_ADDRESS_LINES} lines`;
  if (!checks.hasAlphanumericFirstLines) {
    return 'The first 2 lines of the address must both include at least one alphanumeric character';
  }
  if (checks.isInternationalBfpo) return 'The last line of a BFPO address must not be a country.';
  if (!checks.hasValidLastLine) {
    return allowInternational
      ? 'Last line of address must be a real UK postcode or another country'
      : 'Must be a real UK postcode';
  }
  if (checks.hasInvalidCharacters) {
    return 'Address lines must not start with any of the following characters: @ ( ) = [ ] ” \\ / , < >';
  }
  return checks.isNoFixedAbode ? 'Must be a real address' : null;
}
