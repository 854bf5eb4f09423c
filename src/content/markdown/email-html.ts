import { linkAddress } from '../text/links.ts';
import { strip } from '../text/whitespace.ts';
import { withPlaceholderTag } from './placeholder-tag.ts';
import type { Renderer } from './renderer.ts';

const HEADING_STYLES = [
  'Margin: 0 0 15px 0; padding: 10px 0 0 0; font-size: 27px; line-height: 35px; font-weight: bold; color: #0B0C0C;',
  'Margin: 0 0 15px 0; padding: 10px 0 0 0; font-size: 19px; line-height: 25px; font-weight: bold; color: #0B0C0C;',
] as const;

function paragraph(content: string): string {
  if (strip(content) === '') return '';
  return `<p style="Margin: 0 0 20px 0; font-size: 19px; line-height: 25px; color: #0B0C0C;">${content}</p>`;
}

/** Content levels 1 and 2 are levels 2 and 3 of the document; there are no deeper ones. */
function heading(content: string, level: number): string {
  const style = HEADING_STYLES[level - 1];
  return style === undefined ? paragraph(content) : `<h${level + 1} style="${style}">${content}</h${level + 1}>`;
}

function item(content: string): string {
  return (
    '<li style="Margin: 5px 0 5px; padding: 0 0 0 5px; font-size: 19px;' +
    `line-height: 25px; color: #0B0C0C;">${strip(content)}</li>`
  );
}

function list(items: readonly string[], isNumbered: boolean): string {
  const [tag, marker] = isNumbered ? ['ol', 'decimal'] : ['ul', 'disc'];
  return (
    '<table role="presentation" style="padding: 0 0 20px 0;"><tr>' +
    '<td style="font-family: Helvetica, Arial, sans-serif;">' +
    `<${tag} style="Margin: 0 0 0 20px; padding: 0; list-style-type: ${marker};">` +
    `${items.map(item).join('')}</${tag}></td></tr></table>`
  );
}

function inset(content: string): string {
  return (
    '<div style="Margin: 0 0 20px 0;"><blockquote style="Margin: 0; border-left: 10px solid #B1B4B6;' +
    `padding: 15px 0 0.1px 15px; font-size: 19px; line-height: 25px;">${content}</blockquote></div>`
  );
}

function link(url: string, content: string, title: string | null): string {
  const titleAttribute = title === null || title === '' ? '' : ` title="${title}"`;
  const target = withPlaceholderTag(url);
  const text = content === '' ? target : content;
  return `<a style="word-wrap: break-word; color: #1D70B8;" href="${linkAddress(target)}"${titleAttribute}>${text}</a>`;
}

/** Email addresses in angle brackets are no links. What the last mark inside is decides. */
function angleLink(target: string): string {
  const inside = target.slice(0, -1);
  return inside.lastIndexOf('@') > inside.lastIndexOf(':') ? target : link(target, target, null);
}

/** The body of an HTML email (content 3.4). Nothing stands between the elements. */
export const emailHtml: Renderer = {
  paragraph,
  heading,
  rule: () => '<hr style="border: 0; height: 1px; background: #B1B4B6; Margin: 30px 0 30px 0;">',
  inset,
  list,
  lineBreak: () => '<br>',
  link,
  bareUrl: (url) => link(url, url, null),
  angleLink,
};
