import { WS } from '../text/characters.ts';
import { type Finder, finder } from '../text/finder.ts';
import { stripEnd } from '../text/whitespace.ts';
import { definitionKey } from './escape.ts';
import { fencedCode } from './fences.ts';
import { BLOCKS, CODE_INDENTATION, INSET_MARK, ITEM_BULLET, LIST_ITEM } from './grammar.ts';
import { htmlBlock } from './html-tags.ts';
import type { Block, LinkTarget, ListItem, MarkdownDocument } from './tree.ts';

const TAB_WIDTH = 4;
/** Lists and insets inside each other; the inside of a deeper one is text. */
const MAX_DEPTH = 6;
const LINE_FEED_SYMBOL = /\u2424/g;
const BLANK_LINE = /(?<![^\n]) +(?![^\n])/g;
const TRAILING_LINE_FEEDS = /(?<!\n)\n+$/;
const TRAILING_SPACES = /(?<! ) +$/;
const TRAILING_MARKS = /(?<!#)#+$/;
const INDENTATION_END = new RegExp(`[^${WS}]|$`);

type State = {
  links: Map<string, LinkTarget>;
  footnotes: Set<string>;
  listDepth: number;
  insetDepth: number;
};

/** Reads one block at a place: its node, and where it ends. Null when it is not there. */
type Rule = (text: string, at: number, state: State, find: Finder) => { block: Block; end: number } | null;

const NOTHING: Block = { type: 'nothing' };

/** A rule whose block follows from the pattern's match. */
function rule(pattern: RegExp, block: (match: RegExpExecArray, state: State) => Block): Rule {
  return (text, at, state) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    return match && { end: at + match[0].length, block: block(match, state) };
  };
}

function lineNode(text: string): Block {
  return { type: 'line', text };
}

function underlinedHeading([, text = '', underline]: RegExpExecArray): Block {
  return { type: 'heading', level: underline === '=' ? 1 : 2, text };
}

function tableNode([text]: RegExpExecArray): Block {
  return { type: 'table', text };
}

function inset([text]: RegExpExecArray, state: State): Block {
  if (state.insetDepth >= MAX_DEPTH) return { type: 'inset', children: [lineNode(text)] };
  state.insetDepth += 1;
  const children = parseBlocks(text.replace(INSET_MARK, ''), DEFAULT_RULES, state);
  state.insetDepth -= 1;
  return { type: 'inset', children };
}

function itemText(item: string): string {
  const text = item.replace(ITEM_BULLET, '');
  if (!text.includes('\n ')) return text;
  const bullet = item.slice(0, item.length - text.length);
  return text.replace(new RegExp(`(?<![^\\n]) {1,${[...bullet].length}}`, 'g'), '');
}

function listItems(text: string, state: State): ListItem[] {
  const texts = Array.from(text.matchAll(LIST_ITEM), ([item]) => itemText(item));
  let previousEndsBlank = false;
  return texts.map((item, index) => {
    const endsBlank = index < texts.length - 1 && item !== '' ? item.endsWith('\n') : previousEndsBlank;
    const isLast = index === texts.length - 1;
    const isLoose = previousEndsBlank || stripEnd(item).includes('\n\n') || (!isLast && item !== '' && endsBlank);
    previousEndsBlank = endsBlank;
    return { isLoose, children: parseBlocks(item, LIST_RULES, state) };
  });
}

function list([text, , bullet = '']: RegExpExecArray, state: State): Block {
  const isNumbered = bullet.includes('.');
  if (state.listDepth >= MAX_DEPTH) {
    return { type: 'list', isNumbered, items: [{ isLoose: false, children: [lineNode(text)] }] };
  }
  state.listDepth += 1;
  const items = listItems(text, state);
  state.listDepth -= 1;
  return { type: 'list', isNumbered, items };
}

function linkDefinition([, key = '', url = '', title]: RegExpExecArray, { links }: State): Block {
  links.set(definitionKey(key), { url, title: title ?? null });
  return NOTHING;
}

/** The lines after the first lose the indentation of the least indented of them. */
function outdented(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const indentations = rest.map((line) => line.search(INDENTATION_END)).filter((width) => width > 0);
  const width = indentations.reduce((least, width) => Math.min(least, width), indentations[0] ?? 0);
  return [first, ...rest.map((line) => line.slice(width))].join('\n');
}

function footnoteDefinition([, name = '', text = '']: RegExpExecArray, state: State): Block {
  const key = definitionKey(name);
  if (state.footnotes.has(key)) return NOTHING;
  state.footnotes.add(key);
  return { type: 'footnote', key, children: parseBlocks(outdented(text), FOOTNOTE_RULES, state) };
}

const blankLines = rule(BLOCKS.blankLines, ([run]) => (run.length > 1 ? { type: 'blank-lines' } : NOTHING));
const ruler = rule(BLOCKS.rule, () => ({ type: 'rule' }));
const indentedCode = rule(BLOCKS.indentedCode, ([code]) => ({
  type: 'code',
  text: code.replace(CODE_INDENTATION, ''),
}));

/** Without the marks that may close a heading. What has only marks or spaces keeps one of them as its text. */
const heading: Rule = (text, at) => {
  BLOCKS.heading.lastIndex = at;
  const [, marks, spaces = '', line = ''] = BLOCKS.heading.exec(text) ?? [];
  if (marks === undefined) return null;
  const end = BLOCKS.heading.lastIndex;
  const content = line.replace(TRAILING_SPACES, '').replace(TRAILING_MARKS, '').replace(TRAILING_SPACES, '');
  const kept = content || line.charAt(0) || spaces.charAt(0);
  if (kept !== '') return { end, block: { type: 'heading', level: marks.length, text: kept } };
  return marks === '#' ? null : { end, block: { type: 'heading', level: marks.length - 1, text: '#' } };
};

const tableWithoutOuterPipes = rule(BLOCKS.tableWithoutOuterPipes, tableNode);
const underlined = rule(BLOCKS.underlinedHeading, underlinedHeading);
const insets = rule(BLOCKS.inset, inset);
const lists = rule(BLOCKS.list, list);
const linkDefinitions = rule(BLOCKS.linkDefinition, linkDefinition);
const footnoteDefinitions = rule(BLOCKS.footnoteDefinition, footnoteDefinition);
const table = rule(BLOCKS.table, tableNode);
const line = rule(BLOCKS.line, ([text]) => lineNode(text));

const html: Rule = (text, at, _, find) => {
  const found = htmlBlock(text, at, find);
  return found && { end: found.end, block: { type: 'html', text: found.html } };
};

const fences: Rule = (text, at, _, find) => {
  const found = fencedCode(text, at, find);
  return found && { end: found.end, block: { type: 'code', text: found.code } };
};

function isInterrupted(text: string, at: number, find: Finder): boolean {
  BLOCKS.interruption.lastIndex = at;
  return BLOCKS.interruption.test(text) || fencedCode(text, at, find) !== null;
}

/** Lines up to a blank one, or to one that starts something else. */
const paragraph: Rule = (text, at, _, find) => {
  let end = at;
  while (end < text.length && text.charAt(end) !== '\n') {
    const lineEnd = Math.min(find('\n', end), text.length);
    end = lineEnd + 1;
    if (lineEnd === text.length || isInterrupted(text, end, find)) {
      end = lineEnd;
      break;
    }
  }
  if (end === at) return null;
  BLOCKS.anyLineFeeds.lastIndex = end;
  BLOCKS.anyLineFeeds.test(text);
  const content = text.slice(at, end).replace(TRAILING_LINE_FEEDS, '');
  return { end: BLOCKS.anyLineFeeds.lastIndex, block: { type: 'paragraph', text: content } };
};

const DEFAULT_RULES: readonly Rule[] = [
  blankLines,
  ruler,
  indentedCode,
  fences,
  heading,
  tableWithoutOuterPipes,
  underlined,
  insets,
  lists,
  html,
  linkDefinitions,
  footnoteDefinitions,
  table,
  paragraph,
  line,
];
const LIST_RULES: readonly Rule[] = [blankLines, indentedCode, fences, underlined, ruler, insets, lists, html, line];
const FOOTNOTE_RULES: readonly Rule[] = [
  blankLines,
  indentedCode,
  fences,
  heading,
  tableWithoutOuterPipes,
  underlined,
  ruler,
  insets,
  lists,
  html,
  table,
  paragraph,
  line,
];

function parseBlocks(source: string, rules: readonly Rule[], state: State): Block[] {
  const text = source.replace(TRAILING_LINE_FEEDS, '');
  const find = finder(text);
  const nextBlock = (at: number) => {
    for (const read of rules) {
      const found = read(text, at, state, find);
      if (found !== null) return found;
    }
    return { block: lineNode(text.slice(at)), end: text.length };
  };
  const blocks: Block[] = [];
  for (let at = 0; at < text.length; ) {
    const { block, end } = nextBlock(at);
    blocks.push(block);
    at = end;
  }
  return blocks.filter((block) => block.type !== 'nothing');
}

function expandTabs(lineText: string): string {
  let expanded = '';
  let column = 0;
  for (const piece of lineText.split(/(\t)/)) {
    const text = piece === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : piece;
    column += [...text].length;
    expanded += text;
  }
  return expanded;
}

function preprocess(markdown: string): string {
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n');
  return lines
    .map((text) => (text.includes('\t') ? expandTabs(text) : text))
    .join('\n')
    .replace(LINE_FEED_SYMBOL, '\n')
    .replace(BLANK_LINE, '');
}

/** Cuts markdown into blocks (content 3.3). */
export function parseMarkdown(markdown: string): MarkdownDocument {
  const state: State = { links: new Map(), footnotes: new Set(), listDepth: 0, insetDepth: 0 };
  const blocks = parseBlocks(preprocess(markdown), DEFAULT_RULES, state);
  return { blocks, links: state.links, footnotes: state.footnotes };
}
