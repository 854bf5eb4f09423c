import { WS } from '../text/characters.ts';
import { type Finder, finder, oncePerText } from '../text/finder.ts';
import { stripEnd } from '../text/whitespace.ts';
import { definitionKey, escapeText } from './escape.ts';
import { inlineHtmlEnd } from './html-tags.ts';
import { linkTarget } from './link-target.ts';
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
  /** Bare URLs in a link's text are plain text, but not after a link inside that text. */
  inLink: boolean;
};

type Place = { text: string; at: number; find: Finder };
type Read = { output: string; end: number } | null;
type InlineRule = (place: Place, context: InlineContext) => Read;

/** Closing brackets in a link's text. */
const MAX_CLOSING_BRACKETS = 100;
/** Of a footnote's key, where it would otherwise take quadratic time. Far more than people write. */
const MAX_KEY_LENGTH = 1000;
const ESCAPE = /\\([\\`*{}[\]()#+\-.!_>~|])/y;
const BARE_URL = new RegExp(`https?://[^${WS}<]+[^<.,:"')\\]${WS}]`, 'uy');
const FOOTNOTE = new RegExp(`\\[\\^([^\\]]{1,${MAX_KEY_LENGTH}})\\]`, 'y');
const REFERENCE = new RegExp(`[${WS}]*\\[([^^\\]]*)\\]`, 'y');
const LINE_BREAK = / *\n/y;
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

/** The bracket that ends what has come to an opening bracket, by that bracket; null when none does. */
const textEnds = oncePerText(() => new Map<number, number | null>());
const keyEnds = oncePerText(() => new Map<number, number | null>());

/** Where what starts with `[` at `open` first may end. It may hold brackets one level deep, maybe without `^` in them. */
function firstEnd(open: number, known: Map<number, number | null>, find: Finder, allowsCaret: boolean): number | null {
  const passed: number[] = [];
  const search = () => {
    for (let at = open + 1; ; ) {
      const close = find(']', at);
      if (close === Number.POSITIVE_INFINITY) return null;
      const inner = find('[', at);
      if (close < inner) return close;
      const end = known.get(inner);
      if (end !== undefined) return end;
      passed.push(inner);
      if (!allowsCaret && find('^', inner) < close) return null;
      at = close + 1;
    }
  };
  const end = search();
  for (const inner of passed) known.set(inner, end);
  return end;
}

/**
 * Where the text of a link that starts with `[` at `open` may end, the preferred place first. The text may hold
 * brackets one level deep, and closing brackets that another one follows before the next opening one.
 */
function linkTextEnds(text: string, open: number, find: Finder): number[] {
  const ends: number[] = [];
  let end = firstEnd(open, textEnds(text, find), find, false);
  while (end !== null && ends.length < MAX_CLOSING_BRACKETS) {
    ends.push(end);
    const close = find(']', end + 1);
    end = close === Number.POSITIVE_INFINITY || find('[', end + 1) < close ? null : close;
  }
  return ends.reverse();
}

/** The opening bracket of a link or image at a place. */
function openingBracket({ text, at }: Place): number | null {
  const open = text.charAt(at) === '!' ? at + 1 : at;
  return text.charAt(open) === '[' ? open : null;
}

function inlineLink(place: Place, context: InlineContext): Read {
  const { text, at, find } = place;
  const open = openingBracket(place);
  if (open === null || find('](', open) === Number.POSITIVE_INFINITY) return null;
  for (const close of linkTextEnds(text, open, find)) {
    const found = text.charAt(close + 1) === '(' ? linkTarget(text, close + 1, find) : null;
    if (found === null) continue;
    return { output: link(open > at, text.slice(open + 1, close), found.target, context), end: found.end };
  }
  return null;
}

function link(isImage: boolean, content: string, { url, title }: LinkTarget, context: InlineContext): string {
  if (isImage) return '';
  context.inLink = true;
  const text = renderInline(content, context);
  context.inLink = false;
  return context.renderer.link(url, text, title);
}

function definedLink(
  { text, at }: Place,
  [open, close, end]: readonly [open: number, close: number, end: number],
  key: string,
  context: InlineContext,
): Read {
  const target = context.links.get(definitionKey(key));
  if (target === undefined) return null;
  return { output: link(open > at, text.slice(open + 1, close), target, context), end };
}

/** `[text][key]`; without a key in the second brackets the text is the key. */
function referenceLink(place: Place, context: InlineContext): Read {
  const { text, find } = place;
  const open = openingBracket(place);
  if (open === null) return null;
  for (const close of linkTextEnds(text, open, find)) {
    REFERENCE.lastIndex = close + 1;
    const key = REFERENCE.exec(text)?.[1];
    if (key === undefined) continue;
    return definedLink(place, [open, close, REFERENCE.lastIndex], key || text.slice(open + 1, close), context);
  }
  return null;
}

/** `[key]` */
function keyLink(place: Place, context: InlineContext): Read {
  const { text, find } = place;
  const open = openingBracket(place);
  const close = open === null ? null : firstEnd(open, keyEnds(text, find), find, true);
  if (open === null || close === null) return null;
  return definedLink(place, [open, close, close + 1], text.slice(open + 1, close), context);
}

/** A rule that cannot match without a definition is not tried. */
function ifDefined(rule: InlineRule): InlineRule {
  return (place, context) => (context.links.size === 0 ? null : rule(place, context));
}

function footnoteReference([, name = '']: RegExpExecArray, _: Place, context: InlineContext): string | null {
  const key = definitionKey(name);
  if (context.inFootnote || !context.footnotes.has(key) || context.referenced.includes(key)) return null;
  context.referenced.push(key);
  return '';
}

/** Just after the last character that is not WS. A line break after it is none. */
const contentEnd = oncePerText((text) => ({ at: stripEnd(text).length }));

function plainText({ text, at }: Place): NonNullable<Read> {
  SPECIAL.lastIndex = at + 1;
  const end = SPECIAL.exec(text)?.index ?? text.length;
  return { output: escapeText(text.slice(at, end)), end };
}

const escapedCharacter = read(ESCAPE, ([, character = '']) => escapeText(character));
const bareUrl = read(BARE_URL, ([url], _, { inLink, renderer }) => (inLink ? escapeText(url) : renderer.bareUrl(url)));
const footnote = read(FOOTNOTE, footnoteReference);
const lineBreak = read(LINE_BREAK, (_, { text, find }, { renderer }) =>
  LINE_BREAK.lastIndex < contentEnd(text, find).at ? renderer.lineBreak() : null,
);

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

/** Renders the text of one block (content 3.3, inline rules). */
export function renderInline(source: string, context: InlineContext): string {
  const text = source.replace(TRAILING_LINE_FEEDS, '');
  const find = finder(text);
  let output = '';
  for (let at = 0; at < text.length; ) {
    const found = next({ text, at, find }, context);
    output += found.output;
    at = found.end;
  }
  return output;
}
