import { WORD, WS } from './characters.ts';
import { type Finder, finder } from './finder.ts';

/** Text between these tags is copied. As in the original a tag counts when its name starts with one of them. */
const SKIPPED_TAG = /^<(\/)?(pre|samp|code|tt|kbd|script|style|math|a)[^>]*>/i;
const COMMENT = /<!--.*?--[\t-\r\x20]*>/sy;

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

/** A comment with two hyphens inside is no comment, so its quotes are curled. */
function isTag(markup: string): boolean {
  return !markup.startsWith('<!--') || !/--(?!-*[\t-\r\x20]*>*$)/.test(markup.slice(4));
}

/** Just after the tag or comment that starts at `at`; Infinity when none ends. */
function markupEnd(text: string, at: number, find: Finder): number {
  COMMENT.lastIndex = at;
  return COMMENT.test(text) ? COMMENT.lastIndex : find('>', at) + 1;
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

/** The skipped tags that are open after a tag; a closing tag that does not match the innermost one is ignored. */
function openTags(open: readonly string[], markup: string): readonly string[] {
  const [, slash, name] = SKIPPED_TAG.exec(markup) ?? [];
  if (name === undefined) return open;
  if (slash === undefined) return [...open, name.toLowerCase()];
  return open.at(-1) === name.toLowerCase() ? open.slice(0, -1) : open;
}

/** Curls the straight quotes of rendered output, leaving tags, links and code alone (content 3.5). */
export function smartQuotes(text: string): string {
  let output = '';
  let open: readonly string[] = [];
  let previousCharacter = '';
  for (const token of tokens(text)) {
    if (token.isTag) {
      open = openTags(open, token.text);
      output += token.text;
      continue;
    }
    output += open.length > 0 ? token.text : curlRun(token.text, previousCharacter);
    previousCharacter = token.text.slice(-1);
  }
  return output;
}
