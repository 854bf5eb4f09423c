import { type EmailBranding, emailDocument } from './email-document.ts';
import { emailHtml } from './markdown/email-html.ts';
import { emailPlainText, emailPreheader } from './markdown/plain-text.ts';
import { renderMarkdown } from './markdown/render.ts';
import type { Renderer } from './markdown/renderer.ts';
import { type SubstituteOptions, substitute } from './substitute.ts';
import { decodeHtmlReferences } from './text/html-references.ts';
import { breakGovukLink, niceTypography } from './text/typography.ts';
import {
  normaliseWhitespace,
  splitOnWhitespace,
  strip,
  stripStart,
  stripUnsupportedCharacters,
} from './text/whitespace.ts';
import type { Values } from './values.ts';

export type { EmailBranding };

/** Bytes of UTF-8 that an email's content may have (content 3.1). */
export const EMAIL_MAX_BYTES = 2_000_000;

const PREHEADER_LENGTH = 256;

export type EmailInput = {
  body: string;
  values: Values | null;
  /** Where the link at the end leads; null for none. Default null. */
  unsubscribeUrl?: string | null;
  /** Missing values show as hidden. Default false. */
  redact?: boolean;
};

function rendered(body: string, values: Values | null, renderer: Renderer, options: SubstituteOptions): string {
  const filled = substitute(body, values, { ...options, lists: 'bullets' });
  const text = stripUnsupportedCharacters(breakGovukLink(filled));
  return niceTypography(renderMarkdown(`${text}\n`, renderer));
}

function withUnsubscribeLink({ body, unsubscribeUrl = null }: EmailInput): string {
  return unsubscribeUrl === null ? body : `${body}\n\n---\n\n[Unsubscribe from these emails](${unsubscribeUrl})`;
}

function subjectText(subject: string, values: Values | null, options: SubstituteOptions): string {
  return normaliseWhitespace(niceTypography(substitute(subject, values, options)));
}

/** The subject for the message header and the API. */
export function emailSubject(subject: string, values: Values | null, redact = false): string {
  return subjectText(subject, values, { redact });
}

/** The subject escaped, for the document's title. */
export function emailSubjectHtml(subject: string, values: Values | null, redact = false): string {
  return subjectText(subject, values, { redact, escape: true });
}

/** The body as the API reports it: filled in and stripped, and nothing else (content 1.8). */
export function emailContent(body: string, values: Values | null, redact = false): string {
  return strip(substitute(body, values, { lists: 'bullets', redact }));
}

/** Bytes of UTF-8, to be held against `EMAIL_MAX_BYTES`. */
export function emailSizeInBytes(body: string, values: Values | null, redact = false): number {
  return Buffer.byteLength(emailContent(body, values, redact));
}

/** Whether nothing is left to send in an email or letter (content 1.9). */
export function isContentEmpty(body: string, values: Values | null): boolean {
  if (body === '') return true;
  return body.startsWith('((') && body.endsWith('))') && emailContent(body, values) === '';
}

/** The body as a fragment of HTML. */
export function emailBodyHtml(input: EmailInput): string {
  return rendered(withUnsubscribeLink(input), input.values, emailHtml, { escape: true, redact: input.redact ?? false });
}

/** The plain-text part. Unfilled placeholders are never redacted in it. */
export function emailPlainTextBody(input: EmailInput): string {
  const text = decodeHtmlReferences(rendered(withUnsubscribeLink(input), input.values, emailPlainText, {}));
  return `${stripStart(text)}\n`;
}

/** What mail clients show beside the subject: escaped, at most 256 characters, maybe cut inside a reference, never redacted. */
export function emailPreheaderText({ body, values }: EmailInput): string {
  const words = splitOnWhitespace(rendered(body, values, emailPreheader, { escape: true })).join(' ');
  return strip([...words].slice(0, PREHEADER_LENGTH).join(''));
}

export type EmailPartsInput = EmailInput & { subject: string; branding: EmailBranding };

/** An email as it is sent: `subject` for the header, and the two parts of its body. */
export type EmailParts = { subject: string; plainText: string; html: string };

/** Renders a template with its values into what goes to the provider. */
export function emailParts(input: EmailPartsInput): EmailParts {
  const { subject, values, branding, redact = false } = input;
  return {
    subject: emailSubject(subject, values, redact),
    plainText: emailPlainTextBody(input),
    html: emailDocument({
      title: emailSubjectHtml(subject, values, redact),
      preheader: emailPreheaderText(input),
      body: emailBodyHtml(input),
      branding,
    }),
  };
}
