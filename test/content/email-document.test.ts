import { describe, expect, test } from '@jest/globals';
import {
  emailBodyHtml,
  emailParts,
  emailPlainTextBody,
  emailPreheaderText,
  emailSubjectHtml,
} from '../../src/content/email.ts';
import { emailDocument } from '../../src/content/email-document.ts';
import { emailLocalPart, emailSender, htmlId } from '../../src/content/safe-names.ts';
import { sanitisePersonalisation, sanitiseValue } from '../../src/content/sanitise-content-for.ts';
import { decodeHtmlReferences } from '../../src/content/text/html-references.ts';
import type { Values } from '../../src/content/values.ts';
import { vectors } from './vectors.ts';

type Options = {
  govuk_banner?: boolean;
  complete_html?: boolean;
  brand_logo?: string | null;
  brand_text?: string | null;
  brand_colour?: string | null;
  brand_banner?: boolean;
  brand_alt_text?: string | null;
  unsubscribe_link?: string;
};
type Input = { content: string; subject: string; values: Values | null; options: Options };
type Expected = {
  complete_document: boolean;
  title: string | null;
  preheader_span_text: string;
  govuk_banner: boolean;
  brand_banner_background: string | null;
  logo: { src: string; alt: string; height: string; aria_hidden: string | null } | null;
  logo_left_border: string | null;
  visible_text_before_body: string;
};

const CONTENT_CELL = 'max-width: 560px;">';
const CENTRED_CONTENT = '<tr><td height="30"';

function first(html: string, pattern: RegExp): string | null {
  return pattern.exec(html)?.[1] ?? null;
}

function visibleText(html: string): string {
  return decodeHtmlReferences(html.replace(/<!--.*?-->/gs, '').replace(/<[^>]*>/g, ' '))
    .replace(/[ \n]+/g, ' ')
    .trim();
}

function propertiesOf(html: string, body: string): Omit<Expected, 'logo'> & { logo: Expected['logo'] } {
  const afterPreheader = html.indexOf(' hidden>');
  const preheaderEnd = html.indexOf('…</span>', afterPreheader);
  const beforeBody = html.slice(preheaderEnd + '…</span>'.length, html.indexOf(CENTRED_CONTENT));
  /** Null when there are tags in it, as in the vectors. */
  const title = first(html, /<title>(.*)<\/title>/s);
  const image = first(beforeBody.replace(/<img [^>]*crown\.png[^>]*>/, ''), /(<img [^>]*>)/);
  const banner = first(beforeBody, /height="53" bgcolor="([^"]*)"/);
  expect(html.slice(html.indexOf(CONTENT_CELL) + CONTENT_CELL.length).startsWith(`${body}</td>`)).toBe(true);
  return {
    complete_document: html.startsWith('<!DOCTYPE html>'),
    title: title === null || title.includes('<') ? null : decodeHtmlReferences(title),
    preheader_span_text: decodeHtmlReferences(
      html.slice(afterPreheader + ' hidden>'.length, preheaderEnd).replace(/<[^>]*>/g, ''),
    ).concat('…'),
    govuk_banner: beforeBody.includes('class="brand__banner"'),
    brand_banner_background: banner,
    logo:
      image === null
        ? null
        : {
            src: first(image, /src="([^"]*)"/) ?? '',
            alt: decodeHtmlReferences(first(image, /alt="([^"]*)"/) ?? 'absent'),
            height: first(image, /height="([^"]*)"/) ?? '',
            aria_hidden: first(image, /aria-hidden="([^"]*)"/),
          },
    logo_left_border: first(beforeBody, /border-left: ([^;]*);/),
    visible_text_before_body: visibleText(beforeBody),
  };
}

/** An empty alternative text takes the place of the original's `None`, and placeholders in the preheader count as it. */
function withChosenDifferences(expected: Expected): Expected {
  return {
    ...expected,
    logo: expected.logo && { ...expected.logo, alt: expected.logo.alt === 'None' ? '' : expected.logo.alt },
    visible_text_before_body: expected.visible_text_before_body.replace(/^… /, ''),
  };
}

describe('HTML documents', () => {
  test.each(vectors<Input, Expected & { body_fragment_is_html_body: boolean }>('email-html-document'))(
    '%s',
    (_, { input: { content, subject, values, options }, expected }) => {
      const email = { body: content, values, unsubscribeUrl: options.unsubscribe_link ?? null };
      const body = emailBodyHtml(email);
      const html = emailDocument({
        title: emailSubjectHtml(subject, values),
        preheader: emailPreheaderText(email),
        body,
        isComplete: options.complete_html ?? true,
        branding: {
          govukBanner: options.govuk_banner ?? true,
          brandBanner: options.brand_banner ?? false,
          brandLogo: options.brand_logo ?? null,
          brandText: options.brand_text ?? null,
          brandColour: options.brand_colour ?? null,
          brandAltText: options.brand_alt_text ?? null,
        },
      });
      const { body_fragment_is_html_body: _fragment, ...properties } = expected;
      expect(propertiesOf(html, body)).toEqual(withChosenDifferences(properties));
    },
  );
});

test('an email has a subject, plain text and a document', () => {
  const parts = emailParts({
    subject: 'About ((thing))',
    body: 'Hello ((name))',
    values: { name: 'A & B', thing: 'x' },
    unsubscribeUrl: 'https://example.gov.uk/unsubscribe',
    branding: {},
  });
  expect(parts.subject).toBe('About x');
  expect(parts.plainText).toMatch(/^Hello A & B\n/);
  expect(parts.html).toContain('>Hello A &amp; B</p>');
  expect(parts.html).toContain('<title>About x</title>');
  expect(parts.html).toContain('href="https://example.gov.uk/unsubscribe"');
});

describe('names made safe', () => {
  type Names = { email_local_part: string; id: string };
  test.each(vectors<{ name: string }, Names>('safe-names'))('%s', (_, { input, expected }) => {
    expect(emailLocalPart(input.name)).toBe(expected.email_local_part);
    expect(htmlId(input.name)).toBe(expected.id);
  });

  test('a sender is the name and an address made of it', () => {
    expect(emailSender('Cabinet Office', 'notify.example')).toBe('"Cabinet Office" <cabinet.office@notify.example>');
  });
});

describe('sanitise_content_for', () => {
  type Sanitised = { sanitised: string; plain_text_body: string; html_body: string };
  test.each(vectors<{ value: string }, Sanitised>('sanitise-content-for'))('%s', (_, { input, expected }) => {
    const sanitised = sanitiseValue(input.value);
    const email = { body: '((x))', values: { x: sanitised } };
    expect({
      sanitised,
      plain_text_body: emailPlainTextBody(email),
      html_body: emailBodyHtml(email),
    }).toEqual(expected);
  });

  type Response = { personalisation: Values; sanitised_content: Record<string, unknown> };
  type Request = { personalisation: Values; sanitise_content_for: string[] };
  test.each(vectors<Request, Response>('sanitise-response'))('%s', (_, { input, expected }) => {
    const { values, changes } = sanitisePersonalisation(input.personalisation, input.sanitise_content_for);
    expect({ personalisation: values, sanitised_content: changes }).toEqual(expected);
  });
});
