import { WS } from '../text/characters.ts';
import { type Finder, finder } from '../text/finder.ts';
import { definitionKey, escapeText } from './escape.ts';
import { inlineHtmlEnd } from './html-tags.ts';
import type { Renderer } from './renderer.ts';
import type { LinkTarget } from './tree.ts';

/** What the inline rules need to know of the document, and what they find out. */
export type InlineContext = {
  renderer: Renderer;
  links: ReadonlyMap<string, LinkTarget>;
  footnotes: ReadonlySet<string>;
  /** Keys of the footnotes referenced so far, in order. */
  referenced: string[];
  /** References in footnotes are plain text. */
  inFootnote: boolean;
};

type Place = { text: string; at: number; inLink: boolean; find: Finder };
type Read = { output: string; end: number } | null;
type InlineRule = (place: Place, context: InlineContext) => Read;

/** Closing brackets in a link's text. */
const MAX_CLOSING_BRACKETS = 100;
/** Of a key or of a link's text, where they would otherwise take quadratic time. Far more than people write. */
const MAX_PARTS = 1000;
const LINK_TEXT = `!?\\[((?:\\[[^^\\]]{0,${MAX_PARTS}}\\]|[^\\[\\]]|\\](?=[^\\[]{0,${MAX_PARTS}}\\])){0,${MAX_PARTS}})\\]`;
const ESCAPE = /\\([\\`*{}[\]()#+\-.!_>~|])/y;
const BARE_URL = new RegExp(`https?://[^${WS}<]+[^<.,:"')\\]${WS}]`, 'y');
const FOOTNOTE = new RegExp(`\\[\\^([^\\]]{1,${MAX_PARTS}})\\]`, 'y');
const LINK_TARGET = new RegExp(`\\([${WS}]*(?:<([^]*?)>|([^]*?))(?:[${WS}]+['"]([^]*?)['"])?[${WS}]*\\)`, 'y');
const REFERENCE_LINK = new RegExp(`${LINK_TEXT}[${WS}]*\\[([^^\\]]*)\\]`, 'y');
const KEY_LINK = new RegExp(`!?\\[((?:\\[[^\\]]{0,${MAX_PARTS}}\\]|[^[\\]]){0,${MAX_PARTS}})\\]`, 'y');
const LINE_BREAK = new RegExp(` *\\n(?![${WS}]*$)`, 'y');
/** Where plain text stops. */
const SPECIAL = /[\\<![_*`~]|https?:\/\/|(?<! ) *\n|\n/g;
const TRAILING_LINE_FEEDS = /(?<!\n)\n+$/;

function match(pattern: RegExp, { text, at }: Place): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function read(
  pattern: RegExp,
  output: (match: RegExpExecArray, place: Place, context: InlineContext) => string | null,
) {
  return (place: Place, context: InlineContext): Read => {
    const found = match(pattern, place);
    const result = found && output(found, place, context);
    return found === null || result === null ? null : { output: result, end: place.at + found[0].length };
  };
}

function html({ text, at, find }: Place): Read {
  const end = inlineHtmlEnd(text, at, find);
  return end === null ? null : { output: text.slice(at, end), end };
}

/** `<…>` without spaces, with a colon or at sign somewhere inside. */
function angleLink({ text, at, find }: Place, { renderer }: InlineContext): Read {
  const end = find('>', at);
  if (end === Number.POSITIVE_INFINITY) return null;
  const hasMark = Math.min(find('@', at + 2), find(':', at + 2)) < end - 1;
  if (!hasMark || find(' ', at) < end) return null;
  return { output: renderer.angleLink(text.slice(at + 1, end)), end: end + 1 };
}

/**
 * Where the text of a link that starts with `[` at `open` may end, the preferred place first. The text may hold
 * brackets one level deep, and closing brackets that another one follows before the next opening one.
 */
function linkTextEnds(text: string, open: number, find: Finder): number[] {
  const ends: number[] = [];
  for (let at = open + 1; at < text.length && ends.length < MAX_CLOSING_BRACKETS; at += 1) {
    const character = text.charAt(at);
    if (character === '[') {
      const close = find(']', at);
      if (close === Number.POSITIVE_INFINITY || find('^', at) < close) break;
      at = close;
    } else if (character === ']') {
      ends.push(at);
      const close = find(']', at + 1);
      if (close === Number.POSITIVE_INFINITY || find('[', at + 1) < close) break;
    }
  }
  return ends.reverse();
}

function inlineLink({ text, at, find }: Place, context: InlineContext): Read {
  const open = text.charAt(at) === '!' ? at + 1 : at;
  if (text.charAt(open) !== '[' || find('](', open) === Number.POSITIVE_INFINITY) return null;
  for (const close of linkTextEnds(text, open, find)) {
    if (text.charAt(close + 1) !== '(' || find(')', close) === Number.POSITIVE_INFINITY) continue;
    LINK_TARGET.lastIndex = close + 1;
    const [whole, angled, plain = '', title] = LINK_TARGET.exec(text) ?? [];
    if (whole === undefined) continue;
    const target = { url: angled ?? plain, title: title ?? null };
    return { output: link(open > at, text.slice(open + 1, close), target, context), end: close + 1 + whole.length };
  }
  return null;
}

function link(isImage: boolean, content: string, { url, title }: LinkTarget, context: InlineContext): string {
  return isImage ? '' : context.renderer.link(url, renderText(content, true, context), title);
}

function definedLink(
  [whole, content = '']: RegExpExecArray,
  key: string | undefined,
  context: InlineContext,
): string | null {
  const target = context.links.get(definitionKey(key ?? ''));
  return target === undefined ? null : link(whole.startsWith('!'), content, target, context);
}

/** A rule that cannot match without a definition is not tried: its pattern is the slowest. */
function ifDefined(rule: InlineRule): InlineRule {
  return (place, context) => (context.links.size === 0 ? null : rule(place, context));
}

function footnoteReference([, name = '']: RegExpExecArray, _: Place, context: InlineContext): string | null {
  const key = definitionKey(name);
  if (context.inFootnote || !context.footnotes.has(key) || context.referenced.includes(key)) return null;
  context.referenced.push(key);
  return '';
}

function plainText({ text, at }: Place): NonNullable<Read> {
  SPECIAL.lastIndex = at + 1;
  const end = SPECIAL.exec(text)?.index ?? text.length;
  return { output: escapeText(text.slice(at, end)), end };
}

const escapedCharacter = read(ESCAPE, ([, character = '']) => escapeText(character));
const bareUrl = read(BARE_URL, ([url], { inLink }, { renderer }) => (inLink ? escapeText(url) : renderer.bareUrl(url)));
const footnote = read(FOOTNOTE, footnoteReference);
const referenceLink = read(REFERENCE_LINK, (found, _, context) => definedLink(found, found[2] || found[1], context));
const keyLink = read(KEY_LINK, (found, _, context) => definedLink(found, found[1], context));
const lineBreak = read(LINE_BREAK, (_, __, { renderer }) => renderer.lineBreak());

const LINKS: readonly InlineRule[] = [inlineLink, ifDefined(referenceLink), ifDefined(keyLink)];
const LINE_BREAKS: readonly InlineRule[] = [lineBreak];

/** By the character with which they start, in the order in which they are tried. Where none matches is plain text. */
const RULES: ReadonlyMap<string, readonly InlineRule[]> = new Map([
  ['\\', [escapedCharacter]],
  ['<', [html, angleLink]],
  ['h', [bareUrl]],
  ['[', [footnote, ...LINKS]],
  ['!', LINKS],
  [' ', LINE_BREAKS],
  ['\n', LINE_BREAKS],
]);

function next(place: Place, context: InlineContext): NonNullable<Read> {
  for (const rule of RULES.get(place.text.charAt(place.at)) ?? []) {
    const found = rule(place, context);
    if (found !== null) return found;
  }
  return plainText(place);
}

function renderText(source: string, inLink: boolean, context: InlineContext): string {
  const text = source.replace(TRAILING_LINE_FEEDS, '');
  const find = finder(text);
  let output = '';
  for (let at = 0; at < text.length; ) {
    const found = next({ text, at, inLink, find }, context);
    output += found.output;
    at = found.end;
  }
  return output;
}

/** Renders the text of one block (content 3.3, inline rules). */
export function renderInline(text: string, context: InlineContext): string {
  return renderText(text, false, context);
}
