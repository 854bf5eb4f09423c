import { strip } from '../text/whitespace.ts';
import { qrCodeParagraph } from './letter-qr-code.ts';
import { withPlaceholderTag } from './placeholder-tag.ts';
import type { Renderer } from './renderer.ts';

const BARE_URL = /^(https?:\/\/)(.*)$/s;

function plainParagraph(content: string): string {
  return strip(content) === '' ? '' : `<p>${content}</p>`;
}

function paragraph(content: string): string {
  return qrCodeParagraph(content) ?? plainParagraph(content);
}

function list(items: readonly string[], isNumbered: boolean): string {
  const tag = isNumbered ? 'ol' : 'ul';
  return `<${tag}>\n${items.map((item) => `<li>${strip(item)}</li>\n`).join('')}</${tag}>\n`;
}

function literalLink(url: string, content: string, title: string | null): string {
  const target = withPlaceholderTag(url);
  return title === null || title === '' ? `[${content}](${target})` : `[${content}](${target} "${title}")`;
}

function bareUrl(url: string): string {
  const [, protocol = '', rest = url] = BARE_URL.exec(url) ?? [];
  return `<strong data-original-protocol='${protocol}'>${rest}</strong>`;
}

/** The body of a letter (content 4.1). */
export const letterHtml: Renderer = {
  paragraph,
  heading: (content, level) => (level === 1 ? `<h2>${content}</h2>\n` : plainParagraph(content)),
  rule: () => '<div class="page-break">&nbsp;</div>',
  inset: (content) => content,
  list,
  lineBreak: () => '<br>',
  link: literalLink,
  bareUrl,
  angleLink: bareUrl,
};
