import { type Country, findCountry, UNITED_KINGDOM } from './countries.ts';
import { formatPostcode } from './postcodes.ts';
import { asciiDigits, WS } from './text/characters.ts';
import { normaliseWhitespace, removeWhitespaceBeforePunctuation, splitLines } from './text/whitespace.ts';

/** An address as it is printed, and what was found in it. Whether it is good is `postalAddressError`'s question. */
export type PostalAddress = {
  /** One empty line for an empty address; none when only a country was given. */
  normalisedLines: readonly string[];
  country: Country;
  isInternational: boolean;
  /** Formatted; null for an international address and when there is none. */
  postcode: string | null;
  /** Of a Forces post office. */
  bfpoNumber: number | null;
};

const TRAILING_COMMAS = /(?<![ ,])[ ,]+$/;
const BFPO = new RegExp(`^[${WS}]*bfpo[${WS}]*(?:c/o)?[${WS}]*(\\p{Nd}*)[${WS}]*$`, 'iu');
const HOME: Country = { name: UNITED_KINGDOM, postageZone: 'united-kingdom' };

function addressLines(text: string): string[] {
  const lines = splitLines(text)
    .map((line) => normaliseWhitespace(line).replace(TRAILING_COMMAS, ''))
    .filter((line) => line !== '')
    .map(removeWhitespaceBeforePunctuation);
  return lines.length === 0 ? [''] : lines;
}

/** Without any number nothing is a Forces address. */
function withoutBfpo(lines: readonly string[]): { lines: readonly string[]; bfpoNumber: number | null } {
  const number = lines.map((line) => BFPO.exec(line)?.[1] ?? '').find((digits) => digits !== '');
  if (number === undefined) return { lines, bfpoNumber: null };
  return { lines: lines.filter((line) => !BFPO.test(line)), bfpoNumber: Number(asciiDigits(number)) };
}

/** Lines that name the United Kingdom, from the end up to a foreign country; lines in between name nothing. */
function ukNameCount(lines: readonly string[]): number {
  const countries = lines.map(findCountry);
  const lastForeign = countries.findLastIndex((country) => country !== null && country.name !== UNITED_KINGDOM);
  return countries.slice(lastForeign + 1).filter((country) => country !== null).length;
}

function withoutCountry(lines: readonly string[]): { lines: readonly string[]; country: Country } {
  const country = findCountry(lines.at(-1) ?? '');
  if (country === null) return { lines, country: HOME };
  const count = country.name === UNITED_KINGDOM ? ukNameCount(lines) : 1;
  return { lines: lines.slice(0, -count), country };
}

/** Reads an address of lines (content 5.4). */
export function parsePostalAddress(text: string): PostalAddress {
  const { lines: postal, bfpoNumber } = withoutBfpo(addressLines(text));
  const { lines, country } = withoutCountry(postal);
  const isInternational = country.name !== UNITED_KINGDOM;
  const postcode = isInternational ? null : formatPostcode(lines.at(-1) ?? '');
  return {
    normalisedLines: [
      ...(postcode === null ? lines : [...lines.slice(0, -1), postcode]),
      ...(bfpoNumber === null ? [] : [`BFPO ${bfpoNumber}`]),
      ...(isInternational ? [country.name] : []),
    ],
    country,
    isInternational,
    postcode,
    bfpoNumber,
  };
}

/** The address on one line. */
export function singleLineAddress({ normalisedLines }: PostalAddress): string {
  return normalisedLines.join(', ');
}
