import { WS } from '../text/characters.ts';
import { BLOCK_TAG_START } from './html-tags.ts';

/**
 * The patterns of the block rules (content 3.3), after mistune 0.8.4 with Notify's changes. All are sticky: they
 * match at `lastIndex` only. `$` is the end of the text.
 */
const DIGITS = '\\p{Nd}+\\.';
const BULLET = `(?:[•*-]|${DIGITS})`;
const LINE_ENDS = '(?:\\n+|$)';

/** Of a definition's key; bounds the time that hostile text takes. */
const MAX_KEY_LENGTH = 1000;

const LINK_DEFINITION = ` *\\[([^^\\]]{1,${MAX_KEY_LENGTH}})\\]: *<?([^${WS}>]+)>?(?: +["\\x28]([^\\n]+)["\\x29])? *${LINE_ENDS}`;
const FOOTNOTE_DEFINITION = `\\[\\^([^\\]]{1,${MAX_KEY_LENGTH}})\\]: *([^\\n]*${LINE_ENDS}(?: +[^\\n]*${LINE_ENDS})*)`;
const RULE = ` {0,3}[-*_](?: *[-*_]){2,} *${LINE_ENDS}`;
const UNDERLINED_HEADING = `([^\\n]+)\\n *(=|-)+ *${LINE_ENDS}`;

const TABLE_RULER = ' *[-:]+ *\\|[-| :]*';

/** Where a list ends: content 3.3, rule 9, (a) to (d). */
const LIST_END =
  `\\n+(?=(?:\\k<indentation>)?(?:[-*_] *){3,}${LINE_ENDS})|\\n+(?=${withoutGroups(LINK_DEFINITION)})` +
  `|\\n+(?=${withoutGroups(FOOTNOTE_DEFINITION)})|\\n{2,}(?! )(?!\\k<indentation>${BULLET} )\\n*` +
  `|(?<![${WS}])[${WS}]*$|$`;

/**
 * What ends a paragraph besides a blank line and fenced code. Only bullets with a space count, and block quotes of plain
 * Markdown.
 */
const INTERRUPTIONS = [
  ` *(?:[*+-](?:${DIGITS})?|${DIGITS}) [^]`,
  RULE,
  ' *#[^\\n]',
  withoutGroups(UNDERLINED_HEADING),
  ' *>[^\\n]',
  withoutGroups(LINK_DEFINITION),
  withoutGroups(FOOTNOTE_DEFINITION),
  BLOCK_TAG_START,
].join('|');

function withoutGroups(pattern: string): string {
  return pattern.replace(/(?<!\\)\((?!\?)/g, '(?:');
}

function sticky(pattern: string): RegExp {
  return new RegExp(pattern, 'uy');
}

export const BLOCKS = {
  blankLines: sticky('\\n+'),
  anyLineFeeds: sticky('\\n*'),
  rule: sticky(RULE),
  indentedCode: sticky('(?: {4}[^\\n]+\\n*)+'),
  heading: sticky(' *(#{1,6})( *)([^\\n]*)\\n*'),
  tableWithoutOuterPipes: sticky(
    ` *(?=[^\\n]*\\n${TABLE_RULER}\\n)[^${WS}][^\\n]*\\|[^\\n]*\\n${TABLE_RULER}\\n(?:[^\\n]*\\|[^\\n]*(?:\\n|$))*\\n*`,
  ),
  underlinedHeading: sticky(UNDERLINED_HEADING),
  inset: sticky('(?: *\\^[^\\n]+(?:\\n[^\\n]+)*\\n*)+'),
  list: sticky(`(?<indentation> *)(${BULLET})[^]+?(?:${LIST_END})`),
  linkDefinition: sticky(LINK_DEFINITION),
  footnoteDefinition: sticky(FOOTNOTE_DEFINITION),
  table: sticky(' *\\|[^\\n]+\\n *\\| *[-:][-| :]*\\n(?: *\\|[^\\n]*(?:\\n|$))*\\n*'),
  interruption: sticky(INTERRUPTIONS),
  line: sticky('[^\\n]+'),
} as const;

/** One item of a list; its group is the indentation. */
export const LIST_ITEM = new RegExp(`(?<![^\\n])( *)${BULLET}[^\\n]*(?:\\n(?!\\1${BULLET})[^\\n]*)*`, 'gu');
export const ITEM_BULLET = new RegExp(`^ *${BULLET}`, 'u');
/** The mark of an inset at the start of a line. */
export const INSET_MARK = /(?<![^\n]) *\^ ?/g;
export const CODE_INDENTATION = /(?<![^\n]) {4}/g;
