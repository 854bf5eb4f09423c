import { strip } from '../text/whitespace.ts';
import type { Renderer } from './renderer.ts';

const WIDTH = 65;
const UNDERLINES = ['=', '-'] as const;

function paragraph(content: string): string {
  return strip(content) === '' ? '' : `\n\n${content}`;
}

function heading(content: string, level: number): string {
  const underline = UNDERLINES[level - 1];
  return underline === undefined ? paragraph(content) : `\n\n\n${content}\n${underline.repeat(WIDTH)}`;
}

function list(items: readonly string[], isNumbered: boolean): string {
  return `\n${items.map((item, index) => `\n${isNumbered ? `${index + 1}.` : '•'} ${strip(item)}`).join('')}`;
}

function withTitle(content: string, title: string | null): string {
  return title === null || title === '' ? content : `${content} (${title})`;
}

/** The plain-text part of an email (content 3.7). */
export const emailPlainText: Renderer = {
  paragraph,
  heading,
  rule: () => paragraph('=-'.repeat(WIDTH).slice(0, WIDTH)),
  inset: (content) => content,
  list,
  lineBreak: () => '\n',
  link: (url, content, title) => `${withTitle(content, title)}: ${url}`,
  bareUrl: (url) => url,
  angleLink: (target) => target,
};

/** What mail clients show beside the subject. */
export const emailPreheader: Renderer = {
  ...emailPlainText,
  heading: paragraph,
  rule: () => '',
  link: (_, content, title) => withTitle(content, title),
};
