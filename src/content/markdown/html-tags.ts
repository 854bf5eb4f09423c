import { WORD, WS } from '../text/characters.ts';
import { type Finder, firstAtOrAfter, oncePerText } from '../text/finder.ts';

const TAG_NAME = new RegExp(`<([${WORD}]+)(?![${WORD}])(?!:/|[^${WORD}${WS}@]*@)`, 'uy');
const COMMENT_START = '<!--';
const COMMENT_END = '-->';
const BLANK = new RegExp(`[${WS}]`);
const LETTER = /[a-zA-Z-]/;

/** Inline-level elements: they never form a block of HTML. */
const INLINE_TAGS = new Set(
  (
    'a em strong small s cite q dfn abbr data time code var samp kbd sub sup i b u mark ruby rt rp bdi bdo span br wbr ' +
    'ins del img font'
  ).split(' '),
);

/** Where a tag's attributes can be at a character; several at once, because a value may be read in several ways. */
const BETWEEN = 1;
const SPACED = 2;
const NAME = 4;
const SPACED_NAME = 8;
const EQUALS = 16;
const UNQUOTED = 32;
const DOUBLE_QUOTED = 64;
const SINGLE_QUOTED = 128;
/** The states in which a tag may end. */
const COMPLETE = BETWEEN | SPACED | NAME | SPACED_NAME | UNQUOTED;

function inQuotes(states: number, character: string): number {
  if (states === DOUBLE_QUOTED) return character === '"' ? BETWEEN : DOUBLE_QUOTED;
  return character === "'" ? BETWEEN : SINGLE_QUOTED;
}

function afterQuote(states: number, character: string): number {
  if ((states & EQUALS) === 0) return 0;
  return character === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED;
}

function afterBlank(states: number): number {
  let next = states & EQUALS;
  if ((states & (BETWEEN | SPACED | UNQUOTED)) !== 0) next |= SPACED;
  if ((states & (NAME | SPACED_NAME)) !== 0) next |= SPACED_NAME;
  return next;
}

function after(states: number, character: string): number {
  if ((states & (DOUBLE_QUOTED | SINGLE_QUOTED)) !== 0) return inQuotes(states, character);
  if (character === '"' || character === "'") return afterQuote(states, character);
  if (BLANK.test(character)) return afterBlank(states);
  let next = (states & (EQUALS | UNQUOTED)) !== 0 ? UNQUOTED : 0;
  if ((states & COMPLETE) !== 0 && LETTER.test(character)) next |= NAME;
  if ((states & (NAME | SPACED_NAME)) !== 0 && character === '=') next |= EQUALS;
  return next;
}

type TagEnd = {
  /** Just after the `>`. */
  end: number;
  /** With a slash that is no part of a value. */
  isSelfClosing: boolean;
  hasSpaceBeforeEnd: boolean;
};

/** What tags read up to a `<` in them come to, by place and states: hostile text has many tags with one end. */
const tagEnds = oncePerText(() => new Map<number, TagEnd | null>());
const ALL_STATES = 256;

function tagEnd(text: string, from: number, find: Finder): TagEnd | null {
  const known = tagEnds(text, find);
  const passed: number[] = [];
  const result = readTag(text, from, (at, states) => {
    const place = at * ALL_STATES + states;
    const end = known.get(place);
    if (end === undefined) passed.push(place);
    return end;
  });
  for (const place of passed) known.set(place, result);
  return result;
}

function readTag(
  text: string,
  from: number,
  knownEnd: (at: number, states: number) => TagEnd | null | undefined,
): TagEnd | null {
  let states = BETWEEN;
  for (let at = from; at < text.length && states !== 0; at += 1) {
    const character = text.charAt(at);
    if (character === '<') {
      const end = knownEnd(at, states);
      if (end !== undefined) return end;
    }
    if (character === '>' && (states & (DOUBLE_QUOTED | SINGLE_QUOTED)) === 0) {
      if ((states & COMPLETE) === 0) return null;
      return { end: at + 1, isSelfClosing: false, hasSpaceBeforeEnd: (states & ~(SPACED | SPACED_NAME)) === 0 };
    }
    const next = after(states, character);
    const closesItself = character === '/' && text.charAt(at + 1) === '>' && (states & COMPLETE) !== 0;
    if (closesItself && next === 0) return { end: at + 2, isSelfClosing: true, hasSpaceBeforeEnd: false };
    states = next;
  }
  return null;
}

type OpeningTag = TagEnd & { name: string };

/** The opening or single tag that starts at `at`; an address in angle brackets is none. */
function openingTag(text: string, at: number, find: Finder): OpeningTag | null {
  TAG_NAME.lastIndex = at;
  const name = TAG_NAME.exec(text)?.[1];
  if (name === undefined) return null;
  const end = tagEnd(text, at + 1 + name.length, find);
  return end && { ...end, name };
}

const CLOSING_TAG = new RegExp(`</([${WORD}]+)>`, 'gu');

/** Where a text's closing tags are, by name, and its ends of comments. */
const closingPlaces = oncePerText((text) => {
  const places = new Map<string, number[]>();
  const add = (closing: string, at: number) => {
    const known = places.get(closing);
    if (known === undefined) places.set(closing, [at]);
    else known.push(at);
  };
  for (const { index, 0: closing } of text.matchAll(CLOSING_TAG)) add(closing, index);
  for (let at = text.indexOf(COMMENT_END); at !== -1; at = text.indexOf(COMMENT_END, at + 1)) add(COMMENT_END, at);
  return places;
});

/** Where the comment, element or single tag that starts at `at` ends, or null when there is none. */
export function inlineHtmlEnd(text: string, at: number, find: Finder): number | null {
  if (text.startsWith(COMMENT_START, at)) {
    const end = find(COMMENT_END, at + COMMENT_START.length);
    if (end !== Number.POSITIVE_INFINITY) return end + COMMENT_END.length;
  }
  const tag = openingTag(text, at, find);
  if (tag === null) return null;
  if (tag.isSelfClosing) return tag.end;
  const closing = `</${tag.name}>`;
  const places = closingPlaces(text, find).get(closing) ?? [];
  const end = places[firstAtOrAfter(places, tag.end)];
  return end === undefined ? tag.end : end + closing.length;
}

const BLOCK_TAIL = new RegExp(` *(?! )(?:\\n{2,}|[${WS}]*$)`, 'y');

/** Where a block ends whose markup ends at `at`: after blank lines or at the end of the text. */
function blockTail(text: string, at: number): number | null {
  BLOCK_TAIL.lastIndex = at;
  return BLOCK_TAIL.test(text) ? BLOCK_TAIL.lastIndex : null;
}

type BlockEnd = { at: number; htmlEnd: number; end: number };

/** The last answer of `blockEnd` for each closing piece, and from where it was asked for. */
const knownBlockEnds = oncePerText(() => new Map<string, { from: number; found: BlockEnd | null }>());

function findBlockEnd(text: string, from: number, closing: string, find: Finder): BlockEnd | null {
  const places = closingPlaces(text, find).get(closing) ?? [];
  for (let index = firstAtOrAfter(places, from); index < places.length; index += 1) {
    const at = places[index] ?? text.length;
    const end = blockTail(text, at + closing.length);
    if (end !== null) return { at, htmlEnd: at + closing.length, end };
  }
  return null;
}

/** The first closing piece at or after a place that ends a block. Many blocks may be waiting for the same one. */
function blockEnd(text: string, from: number, closing: string, find: Finder): BlockEnd | null {
  const known = knownBlockEnds(text, find);
  const last = known.get(closing);
  if (last !== undefined && last.from <= from && (last.found === null || from <= last.found.at)) return last.found;
  const found = findBlockEnd(text, from, closing, find);
  known.set(closing, { from, found });
  return found;
}

type HtmlBlock = { end: number; html: string };

function blockUpTo(text: string, start: number, from: number, closing: string, find: Finder): HtmlBlock | null {
  const end = blockEnd(text, from, closing, find);
  return end && { end: end.end, html: text.slice(start, end.htmlEnd) };
}

/** The block of HTML that starts at `at`: a comment, an element or a single tag, alone in its block. */
export function htmlBlock(text: string, at: number, find: Finder): HtmlBlock | null {
  let start = at;
  while (text.charAt(start) === ' ') start += 1;
  if (text.charAt(start) !== '<') return null;
  if (text.startsWith(COMMENT_START, start)) {
    const comment = blockUpTo(text, at, start + COMMENT_START.length, COMMENT_END, find);
    return comment && { end: comment.end, html: text.slice(at, comment.end) };
  }
  const tag = openingTag(text, start, find);
  if (tag === null || INLINE_TAGS.has(tag.name)) return null;
  const canBePaired = !tag.isSelfClosing && !tag.hasSpaceBeforeEnd;
  const element = canBePaired ? blockUpTo(text, start, tag.end, `</${tag.name}>`, find) : null;
  if (element !== null) return element;
  const end = blockTail(text, tag.end);
  return end === null ? null : { end, html: text.slice(at, end) };
}

/** The start of a block-level tag, complete or not: it interrupts a paragraph. */
export const BLOCK_TAG_START = `<(?!(?:${[...INLINE_TAGS].join('|')})(?![${WORD}]))[${WORD}]+(?![${WORD}])(?!:/|[^${WORD}${WS}@]*@)`;
