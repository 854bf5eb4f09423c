import { WS } from '../text/characters.ts';
import { type Finder, firstAtOrAfter, oncePerText } from '../text/finder.ts';

/** The shortest fence. */
const MIN_LENGTH = 3;
/** The first line: the run of fence characters, the spaces after it, and the language word. */
const OPENING = new RegExp(` *(\`{3,}(?!\`)|~{3,}(?!~))( *)(?:([^\`${WS}]+) *)?\\n`, 'uy');
/** Runs that end their line. */
const CLOSINGS = { '`': /(?<!`)`+(?!`)(?= *(?:\n|$))/g, '~': /(?<!~)~+(?!~)(?= *(?:\n|$))/g } as const;
const REST_OF_CLOSING = / *\n*/y;
const BLANK = new RegExp(`[${WS}]`);

type FenceCharacter = keyof typeof CLOSINGS;

type Closing = {
  at: number;
  length: number;
  /** The longest run from here on. */
  longest: number;
};

type Closings = { all: readonly Closing[]; places: readonly number[] };

function findClosings(text: string, character: FenceCharacter): Closings {
  const all = Array.from(text.matchAll(CLOSINGS[character]), ({ index, 0: run }) => ({
    at: index,
    length: run.length,
    longest: run.length,
  }));
  let longest = 0;
  for (const closing of all.toReversed()) {
    longest = Math.max(longest, closing.length);
    closing.longest = longest;
  }
  return { all, places: all.map(({ at }) => at) };
}

/** An opening line that is not closed must not search the whole text again. */
const closings = {
  '`': oncePerText((text) => findClosings(text, '`')),
  '~': oncePerText((text) => findClosings(text, '~')),
};

type Opening = { character: FenceCharacter; longest: number; shortest: number; contentAt: number };

function opening(text: string, at: number): Opening | null {
  OPENING.lastIndex = at;
  const [, run, spaces, language] = OPENING.exec(text) ?? [];
  if (run === undefined) return null;
  const character = run.startsWith('~') ? '~' : '`';
  // The last tildes of a run can be the start of the language word instead.
  const canBeShorter = character === '~' && (spaces === '' || language === undefined);
  return {
    character,
    longest: run.length,
    shortest: canBeShorter ? MIN_LENGTH : run.length,
    contentAt: OPENING.lastIndex,
  };
}

/** Where the content ends whose fence is the last `length` characters of a run: before the blanks in front of it. */
function contentEnd(text: string, from: number, { at, length: runLength }: Closing, length: number): number {
  if (runLength > length) return at + runLength - length;
  let end = at;
  while (end > from + 1 && BLANK.test(text.charAt(end - 1))) end -= 1;
  return end;
}

export type FencedCode = { code: string; end: number };

/**
 * The fenced code that starts at `at` (content 3.3, rule 4), or null. Its fence is the longest that is closed; the
 * content has at least one character.
 */
export function fencedCode(text: string, at: number, find: Finder): FencedCode | null {
  const open = opening(text, at);
  if (open === null) return null;
  const { character, contentAt } = open;
  const { all, places } = closings[character](text, find);
  const first = firstAtOrAfter(places, contentAt);
  const usable = (closing: Closing) => closing.length - (closing.at === contentAt ? 1 : 0);
  const firstUsable = all[first] === undefined ? 0 : usable(all[first]);
  const length = Math.min(open.longest, Math.max(firstUsable, all[first + 1]?.longest ?? 0));
  if (length < open.shortest) return null;
  for (let index = first; ; index += 1) {
    const closing = all[index];
    if (closing === undefined) return null;
    if (usable(closing) < length) continue;
    REST_OF_CLOSING.lastIndex = closing.at + closing.length;
    REST_OF_CLOSING.test(text);
    const code = text.slice(contentAt, contentEnd(text, contentAt, closing, length));
    return { code, end: REST_OF_CLOSING.lastIndex };
  }
}
