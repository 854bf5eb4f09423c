import { letterHtml } from './markdown/letter-html.ts';
import { KEPT_HYPHEN } from './markdown/letter-qr-code.ts';
import { renderMarkdown } from './markdown/render.ts';
import { parsePostalAddress } from './postal-address.ts';
import { MAX_ADDRESS_LINES, MIN_ADDRESS_LINES } from './postal-address-checks.ts';
import { rawAddress } from './postal-address-values.ts';
import { substitute } from './substitute.ts';
import { escapeMarkup } from './text/html-escape.ts';
import { niceTypography } from './text/typography.ts';
import {
  newlinesToBr,
  normaliseWhitespace,
  removeWhitespaceBeforePunctuation,
  splitLines,
  strip,
} from './text/whitespace.ts';
import type { Values } from './values.ts';

const NON_BREAKING_HYPHEN = '\u2011';
const LAST_ADDRESS_LINE = 'address line 7';
const POSTCODE = 'postcode';
const ADDRESS_PLACEHOLDERS = [1, 2, 3, 4, 5, 6, 7].map((line) => `((address line ${line}))`);

/** The body as HTML (content 4.1). `redact` shows missing values as hidden. */
export function letterBodyHtml(body: string, values: Values | null, redact = false): string {
  const filled = substitute(body, values, { escape: true, lists: 'bullets', redact });
  return niceTypography(renderMarkdown(`${filled}\n`, letterHtml))
    .replaceAll('-', NON_BREAKING_HYPHEN)
    .replaceAll(KEPT_HYPHEN, '-');
}

/** The heading as HTML, also what the API reports as a letter's subject. */
export function letterSubjectHtml(subject: string, values: Values | null, redact = false): string {
  return normaliseWhitespace(niceTypography(substitute(subject, values, { escape: true, redact })));
}

/** The sender's address as lines of HTML; empty when there is none. */
export function contactBlockHtml(contactBlock: string | null, values: Values | null, redact = false): string {
  const lines = strip(contactBlock ?? '').split('\n');
  const filled = substitute(lines.map(strip).join('\n'), values, { escape: true, redact });
  return newlinesToBr(removeWhitespaceBeforePunctuation(filled));
}

/** A postcode stands in for a missing last line. Here both names count in their exact spelling only. */
function withLastLine(values: Values): Values {
  if (Object.hasOwn(values, LAST_ADDRESS_LINE) || !Object.hasOwn(values, POSTCODE)) return values;
  return { ...values, [LAST_ADDRESS_LINE]: values[POSTCODE] };
}

/** The recipient's address, one line of HTML each; seven lines with placeholders while it is incomplete (content 4.4). */
export function letterAddressLines(values: Values | null): string[] {
  const { normalisedLines } = parsePostalAddress(rawAddress(values ?? {}));
  const count = normalisedLines.length;
  if (count >= MIN_ADDRESS_LINES && count <= MAX_ADDRESS_LINES) return normalisedLines.map(escapeMarkup);
  const filled = substitute(ADDRESS_PLACEHOLDERS.join('\n'), withLastLine(values ?? {}), {
    escape: true,
    brackets: false,
  });
  return splitLines(filled);
}
