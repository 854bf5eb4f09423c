import { parseMarkdown } from './blocks.ts';
import { type InlineContext, renderInline } from './inline.ts';
import type { Renderer } from './renderer.ts';
import type { Block, ListItem } from './tree.ts';

const CELL_END = /[|\n]/;

type Context = InlineContext & {
  /** The rendered footnotes by key. */
  notes: Map<string, string>;
};

/** Lines that follow each other are one text. */
function joinLines(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.type === 'line' && last?.type === 'line')
      joined[joined.length - 1] = { ...last, text: `${last.text}\n${block.text}` };
    else joined.push(block);
  }
  return joined;
}

function renderItem({ isLoose, children }: ListItem, context: Context): string {
  const render = (block: Block) =>
    block.type === 'line' && !isLoose ? renderInline(block.text, context) : renderBlock(block, context);
  return joinLines(children).map(render).join('');
}

function renderFootnote(key: string, children: readonly Block[], context: Context): string {
  context.inFootnote = true;
  context.notes.set(key, renderBlocks(children, context));
  context.inFootnote = false;
  return '';
}

/** A table leaves nothing but the footnotes that its cells refer to. */
function renderTable(text: string, context: Context): string {
  if (context.footnotes.size > 0) {
    for (const cell of text.split(CELL_END)) renderInline(cell, context);
  }
  return '';
}

function renderBlock(block: Block, context: Context): string {
  const { renderer } = context;
  switch (block.type) {
    case 'nothing':
      return '';
    case 'blank-lines':
      return renderer.lineBreak();
    case 'rule':
      return renderer.rule();
    case 'code':
    case 'html':
      return block.text;
    case 'table':
      return renderTable(block.text, context);
    case 'paragraph':
    case 'line':
      return renderer.paragraph(renderInline(block.text, context));
    case 'heading':
      return renderer.heading(renderInline(block.text, context), block.level);
    case 'inset':
      return renderer.inset(renderBlocks(block.children, context));
    case 'list':
      return renderer.list(
        block.items.map((item) => renderItem(item, context)),
        block.isNumbered,
      );
    case 'footnote':
      return renderFootnote(block.key, block.children, context);
  }
}

function renderBlocks(blocks: readonly Block[], context: Context): string {
  return joinLines(blocks)
    .map((block) => renderBlock(block, context))
    .join('');
}

/** Renders markdown; footnotes that are referenced come last, in the order of their references. */
export function renderMarkdown(markdown: string, renderer: Renderer): string {
  const { blocks, links, footnotes } = parseMarkdown(markdown);
  const context: Context = {
    renderer,
    links,
    footnotes,
    referenced: [],
    inFootnote: false,
    inLink: false,
    notes: new Map(),
  };
  const body = renderBlocks(blocks, context);
  return body + context.referenced.map((key) => context.notes.get(key) ?? '').join('');
}
