import type { SanitiseOutcome } from '../../machines/letter.types.ts';
import { type PostalAddress, parsePostalAddress } from '../content/postal-address.ts';
import { postalAddressChecks } from '../content/postal-address-checks.ts';
import { hasTag, windowText } from './pdf-areas.ts';
import { type PdfContent, type PdfPage, readPdf } from './read-pdf.ts';

export type CheckPdfOptions = {
  /** Whether the service may send letters to other countries. */
  allowInternational: boolean;
};

export type CheckedPdf = Extract<SanitiseOutcome, { outcome: 'passed' | 'not-valid' }>;

const MAX_PAGES = 10;
/** Millimetres; each side may be so much longer or shorter. */
const A4 = { width: 210, height: 297, tolerance: 2 };
const FIRST_PAGE = [1];

/**
 * The checks of letters-broadcasts 4.2, in its order; the first that fails decides. Not made is the one that looks at
 * ink outside the printable area (`content-outside-printable-area`): it needs the pages rendered. Safe to repeat.
 */
export async function checkPdf(content: Uint8Array, options: CheckPdfOptions): Promise<CheckedPdf> {
  let pdf: PdfContent;
  try {
    pdf = await readPdf(content, MAX_PAGES);
  } catch {
    return { outcome: 'not-valid', message: 'unable-to-read-the-file', invalidPages: null, pages: null };
  }
  return verdictOn(pdf, options);
}

function verdictOn({ pageCount: pages, pages: read }: PdfContent, { allowInternational }: CheckPdfOptions): CheckedPdf {
  const failed = (message: string, invalidPages: number[] | null): CheckedPdf => ({
    outcome: 'not-valid',
    message,
    invalidPages,
    pages,
  });
  if (pages > MAX_PAGES) return failed('letter-too-long', null);
  const wrongSize = numbersOf(read, (page) => !isA4Portrait(page));
  if (wrongSize.length > 0) return failed('letter-not-a4-portrait-oriented', wrongSize);
  const tagged = numbersOf(read, ({ words }, number) => number > 1 && hasTag(words));
  if (tagged.length > 0) return failed('notify-tag-found-in-content', tagged);
  const address = parsePostalAddress(windowText(read[0]?.words ?? []));
  const problem = addressProblem(address, allowInternational);
  if (problem !== null) return failed(problem, FIRST_PAGE);
  const { postageZone } = address.country;
  return {
    outcome: 'passed',
    pages,
    address: address.normalisedLines.join('\n'),
    postage: postageZone === 'united-kingdom' ? null : postageZone,
  };
}

function numbersOf(pages: readonly PdfPage[], isMeant: (page: PdfPage, number: number) => boolean): number[] {
  return pages.flatMap((page, index) => (isMeant(page, index + 1) ? [index + 1] : []));
}

function isA4Portrait({ width, height, rotation }: PdfPage): boolean {
  const isTurned = rotation % 180 !== 0;
  const [across, down] = isTurned ? [height, width] : [width, height];
  const isNear = (length: number, wanted: number) => Math.abs(length - wanted) <= A4.tolerance;
  return isNear(across, A4.width) && isNear(down, A4.height);
}

function addressProblem(address: PostalAddress, allowInternational: boolean): string | null {
  if (address.normalisedLines.every((line) => line === '')) return 'address-is-empty';
  const checks = postalAddressChecks(address, allowInternational);
  if (!checks.hasEnoughLines) return 'not-enough-address-lines';
  if (checks.hasTooManyLines) return 'too-many-address-lines';
  if (!checks.hasAlphanumericFirstLines) return 'invalid-address-line-1-or-2';
  if (checks.isInternationalBfpo) return 'has-country-for-bfpo-address';
  if (!checks.hasValidLastLine) return lastLineProblem(address, allowInternational);
  if (checks.hasInvalidCharacters) return 'invalid-char-in-address';
  return checks.isNoFixedAbode ? 'no-fixed-abode-address' : null;
}

function lastLineProblem({ isInternational }: PostalAddress, allowInternational: boolean): string {
  if (allowInternational) return 'not-a-real-uk-postcode-or-country';
  return isInternational ? 'cant-send-international-letters' : 'not-a-real-uk-postcode';
}
