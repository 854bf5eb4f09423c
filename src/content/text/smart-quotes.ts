import { WORD, WS } from './characters.ts';
import { type Finder, finder, firstAtOrAfter, oncePerText } from './finder.ts';

/** Text between these tags is copied. As in the original a tag counts when its name starts with one of them. */
const SKIPPED_TAG = /^<(\/)?(pre|samp|code|tt|kbd|script|style|math|a)[^>]*>/iu;
const COMMENT_END = /--[\t-\r\x20]*>/g;
const BLANK = /[\t-\r\x20]/;

/** Backslash pairs that stay literal, as numeric references. */
const ESCAPED = /\\[\\"'.\-`]/g;
const NUMERIC_REFERENCE = /&#(8211|8212|8216|8217|8220|8221|8230);/g;

/** What a closing quote may follow. */
const CLOSE = '[^ \\t\\r\\n\\[{(\\-]';
/** What an opening quote may follow. */
const OPEN = `([${WS}]|&nbsp;|--|&[mn]dash;|&#8211;|&#8212;|&#x201[34];)`;
const PUNCTUATION = '[!"#$%\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]';
const FINAL_S = `s(?![${WORD}])`;

/** In the order of content 3.5, step 3; `$1` and `$2` are what stands around the quote. */
const CURLINGS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [new RegExp(`"'(?=[${WORD}])`, 'gu'), '“‘'],
  [new RegExp(`'"(?=[${WORD}])`, 'gu'), '‘“'],
  [new RegExp(`(?<=[${WORD}])'(?=\\p{Nd}{2}s)`, 'gu'), '’'],
  [new RegExp(`${OPEN}'(?=[${WORD}])`, 'gu'), '$1‘'],
  [new RegExp(`(${CLOSE})'(?![${WS}]|${FINAL_S}|\\p{Nd})`, 'gu'), '$1’'],
  [new RegExp(`(${CLOSE})'([${WS}]|${FINAL_S})`, 'gu'), '$1’$2'],
  [/'/g, '‘'],
  [new RegExp(`${OPEN}"(?=[${WORD}])`, 'gu'), '$1“'],
  [new RegExp(`"(?=[${WS}])`, 'g'), '”'],
  [new RegExp(`^"(?=${PUNCTUATION})`), '”'],
  [new RegExp(`(${CLOSE})"`, 'gu'), '$1”'],
  [/"/g, '“'],
];

const STARTS_WITH_NON_WS = new RegExp(`^[^${WS}]`);

function keepEscaped(pair: string): string {
  return `&#${pair.charCodeAt(1)};`;
}

function curl(run: string): string {
  if (!run.includes("'") && !run.includes('"')) return run;
  let curled = run;
  for (const [pattern, replacement] of CURLINGS) curled = curled.replace(pattern, replacement);
  return curled;
}

function curlRun(run: string, previousCharacter: string): string {
  const escaped = run.replace(ESCAPED, keepEscaped);
  const closes = STARTS_WITH_NON_WS.test(previousCharacter);
  if (escaped === "'") return closes ? '’' : '‘';
  if (escaped === '"') return closes ? '”' : '“';
  return curl(escaped).replace(NUMERIC_REFERENCE, (_, codePoint: string) => String.fromCodePoint(Number(codePoint)));
}

type Token = { isTag: boolean; text: string };

const COMMENT_START = '<!--';

/** A comment with two hyphens inside is no comment, so its quotes are curled. The hyphens at its end do not count. */
function isTag(markup: string): boolean {
  if (!markup.startsWith(COMMENT_START)) return true;
  let end = markup.length;
  while (markup.charAt(end - 1) === '>') end -= 1;
  while (BLANK.test(markup.charAt(end - 1))) end -= 1;
  while (end > COMMENT_START.length && markup.charAt(end - 1) === '-') end -= 1;
  return !markup.slice(COMMENT_START.length, Math.max(COMMENT_START.length, end - 1)).includes('--');
}

/** Where each end of a comment starts, and how long it is. */
const commentEnds = oncePerText((text) => {
  const ends = Array.from(text.matchAll(COMMENT_END), ({ index, 0: end }) => ({ at: index, length: end.length }));
  return { ends, places: ends.map(({ at }) => at) };
});

/** Just after the tag or comment that starts at `at`; Infinity when none ends. */
function markupEnd(text: string, at: number, find: Finder): number {
  if (text.startsWith(COMMENT_START, at)) {
    const { ends, places } = commentEnds(text, find);
    const end = ends[firstAtOrAfter(places, at + COMMENT_START.length)];
    if (end !== undefined) return end.at + end.length;
  }
  return find('>', at) + 1;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  const find = finder(text);
  let end = 0;
  while (end < text.length) {
    const start = find('<', end);
    const after = start === Number.POSITIVE_INFINITY ? start : markupEnd(text, start, find);
    if (after === Number.POSITIVE_INFINITY) break;
    if (start > end) found.push({ isTag: false, text: text.slice(end, start) });
    const markup = text.slice(start, after);
    found.push({ isTag: isTag(markup), text: markup });
    end = after;
  }
  if (end < text.length) found.push({ isTag: false, text: text.slice(end) });
  return found;
}

/** Keeps the skipped tags that are open; a closing tag that does not match the innermost one is ignored. */
function openOrClose(open: string[], markup: string): void {
  const [, slash, name] = SKIPPED_TAG.exec(markup) ?? [];
  if (name === undefined) return;
  if (slash === undefined) open.push(name.toLowerCase());
  else if (open.at(-1) === name.toLowerCase()) open.pop();
}

/** Curls the straight quotes of rendered output, leaving tags, links and code alone (content 3.5). */
export function smartQuotes(text: string): string {
  let output = '';
  const open: string[] = [];
  let previousCharacter = '';
  for (const token of tokens(text)) {
    if (token.isTag) {
      openOrClose(open, token.text);
      output += token.text;
      continue;
    }
    output += open.length > 0 ? token.text : curlRun(token.text, previousCharacter);
    previousCharacter = token.text.slice(-1);
  }
  return output;
}
