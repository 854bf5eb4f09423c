import { WS } from '../text/characters.ts';
import { type Finder, firstAtOrAfter, oncePerText } from '../text/finder.ts';
import type { LinkTarget } from './tree.ts';

const LEADING_WS = new RegExp(`[${WS}]*`, 'y');
/** Whitespace and the quote after it: the start of a title, here or anywhere. */
const TITLE = new RegExp(`[${WS}]+["']`, 'y');
const TITLES = new RegExp(`(?<![${WS}])[${WS}]+["']`, 'g');
/** Quotes that end a title. */
const TITLE_ENDS = new RegExp(`["'](?=[${WS}]*\\))`, 'g');
const END = new RegExp(`[${WS}]*\\)`, 'y');
const BLANK = new RegExp(`[${WS}]`);
const ANGLE = />/g;

function places(pattern: RegExp): (text: string, find: Finder) => readonly number[] {
  return oncePerText((text) => Array.from(text.matchAll(pattern), ({ index }) => index));
}

const titles = places(TITLES);
const titleEnds = places(TITLE_ENDS);
const angles = places(ANGLE);

/** Just after the pattern that is at a place, or null when it is not there. */
function after(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

type Rest = { title: string | null; end: number };

/** The title, if there is one, and the closing bracket. */
function rest(text: string, at: number, find: Finder): Rest | null {
  const start = after(TITLE, text, at);
  const ends = titleEnds(text, find);
  const quote = start === null ? undefined : ends[firstAtOrAfter(ends, start)];
  const end = after(END, text, quote === undefined ? at : quote + 1);
  if (end === null) return null;
  return { title: start === null || quote === undefined ? null : text.slice(start, quote), end };
}

/** The places of `>` that may end an address; worked out from what follows each. */
const angleEnds = new WeakMap<Finder, readonly number[]>();

function endsOfAngles(text: string, find: Finder): readonly number[] {
  const known = angleEnds.get(find) ?? angles(text, find).filter((at) => rest(text, at + 1, find) !== null);
  angleEnds.set(find, known);
  return known;
}

export type FoundTarget = { target: LinkTarget; end: number };

function found(text: string, from: number, to: number, { title, end }: Rest): FoundTarget {
  return { target: { url: text.slice(from, to), title }, end };
}

function angledTarget(text: string, from: number, find: Finder): FoundTarget | null {
  const ends = endsOfAngles(text, find);
  const to = ends[firstAtOrAfter(ends, from)];
  const end = to === undefined ? null : rest(text, to + 1, find);
  return to === undefined || end === null ? null : found(text, from, to, end);
}

/** The address ends before the first title or closing bracket, whichever comes first. */
function plainTarget(text: string, from: number, find: Finder): FoundTarget | null {
  const bracket = find(')', from);
  if (bracket === Number.POSITIVE_INFINITY) return null;
  const starts = titles(text, find);
  const title = starts[firstAtOrAfter(starts, from)];
  const titled = title === undefined || title > bracket ? null : rest(text, title, find);
  if (title !== undefined && titled !== null) return found(text, from, title, titled);
  let to = bracket;
  while (to > from && BLANK.test(text.charAt(to - 1))) to -= 1;
  return found(text, from, to, { title: null, end: bracket + 1 });
}

/** The address and title in the brackets that open at `at` (content 3.3: the address ends at the first bracket). */
export function linkTarget(text: string, at: number, find: Finder): FoundTarget | null {
  const from = after(LEADING_WS, text, at + 1) ?? at + 1;
  const angled = text.charAt(from) === '<' ? angledTarget(text, from + 1, find) : null;
  return angled ?? plainTarget(text, from, find);
}
