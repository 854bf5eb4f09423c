/** A piece of a document. `text` is still to be read by the inline rules, except in `code` and `html`. */
export type Block =
  | { type: 'blank-lines' | 'rule' | 'nothing' }
  | { type: 'code' | 'html' | 'paragraph' | 'line' | 'table'; text: string }
  | { type: 'heading'; level: number; text: string }
  | { type: 'inset'; children: readonly Block[] }
  | { type: 'list'; isNumbered: boolean; items: readonly ListItem[] }
  | { type: 'footnote'; key: string; children: readonly Block[] };

/** In a loose item runs of lines are paragraphs; in a tight one they are joined with line breaks. */
export type ListItem = { isLoose: boolean; children: readonly Block[] };

export type LinkTarget = { url: string; title: string | null };

/** Markdown cut into blocks, with the definitions found on the way by key. */
export type MarkdownDocument = {
  blocks: readonly Block[];
  links: ReadonlyMap<string, LinkTarget>;
  footnotes: ReadonlySet<string>;
};
