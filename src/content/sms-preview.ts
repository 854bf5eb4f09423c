import { downgradeForSms } from './downgrade.ts';
import { substitute } from './substitute.ts';
import { escapeHtml } from './text/html-escape.ts';
import { autolink } from './text/links.ts';
import {
  collapseNewlines,
  newlinesToBr,
  normaliseLines,
  removeWhitespaceBeforePunctuation,
  strip,
} from './text/whitespace.ts';
import type { Values } from './values.ts';

const LINK_CLASSES = 'govuk-link govuk-link--no-visited-state';

export type SmsPreviewInput = {
  body: string;
  values: Values | null;
  prefix: string | null;
  /** Missing values show as hidden. */
  redact: boolean;
  /** Characters that cannot be sent are replaced. */
  downgrade: boolean;
};

function tidy(html: string): string {
  return collapseNewlines(normaliseLines(removeWhitespaceBeforePunctuation(html)));
}

/** The HTML inside a text message's preview (content 2.9). */
export function smsPreviewHtml({ body, values, prefix, redact, downgrade }: SmsPreviewInput): string {
  const filled = substitute(body, values, { escape: true, redact });
  const html = prefix === null || prefix === '' ? filled : `${strip(escapeHtml(prefix))}: ${filled}`;
  return autolink(newlinesToBr(tidy(downgrade ? downgradeForSms(html) : html)), LINK_CLASSES);
}

/** The body alone: no prefix, no links, lines kept, missing values hidden. */
export function smsBodyPreviewHtml(body: string, values: Values | null): string {
  return strip(tidy(downgradeForSms(substitute(body, values, { escape: true, redact: true }))));
}
