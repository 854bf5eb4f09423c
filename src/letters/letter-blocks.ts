import { decodeHtmlReferences } from '../content/text/html-references.ts';

/** A piece of text of one kind. Line feeds are line breaks. */
export type Run = { text: string; isBold: boolean };

/** The body of a letter as it is laid out. `depth` counts lists around a list, from 0. */
export type LetterBlock =
  | { type: 'paragraph' | 'heading'; runs: Run[] }
  | { type: 'item'; runs: Run[]; marker: string; depth: number }
  | { type: 'page-break' }
  /** `path` is an SVG path of lines one unit thick in a square of `size` units. */
  | { type: 'qr-code'; path: string; size: number };

type List = { isNumbered: boolean; count: number };
type Token = { tag: string; isEnd: boolean; attributes: string } | { text: string };

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|([^<]+|<)/gi;
/** Letters print hyphens as non-breaking ones, in class names too (content 4.1). */
const PAGE_BREAK = /page[-\u2011]break/;
const VIEW_BOX = /viewBox="0 0 (\d+) \d+"/;
const PATH = /\bd="([^"]*)"/;
const WS = /[ \t\n\r]+/g;

/**
 * Cuts the HTML of a letter's body into blocks. It knows the tags that `letterBodyHtml` writes; of any other only the
 * text counts.
 */
export function letterBlocks(html: string): LetterBlock[] {
  const reader = new BlockReader();
  for (const token of tokens(html)) reader.take(token);
  return reader.end();
}

function* tokens(html: string): Generator<Token> {
  for (const [, slash, tag, attributes = '', text] of html.matchAll(TOKEN)) {
    yield tag === undefined ? { text: text ?? '' } : { tag: tag.toLowerCase(), isEnd: slash === '/', attributes };
  }
}

/** Takes token after token and keeps the blocks that are complete. */
class BlockReader {
  readonly #blocks: LetterBlock[] = [];
  readonly #lists: List[] = [];
  #type: 'paragraph' | 'heading' = 'paragraph';
  #runs: Run[] = [];
  #boldness = 0;
  #marker: string | null = null;
  #isPageBreak = false;
  #codeSize = 0;

  take(token: Token): void {
    if ('text' in token) this.#takeText(token.text);
    else if (token.isEnd) this.#close(token.tag);
    else this.#open(token.tag, token.attributes);
  }

  end(): LetterBlock[] {
    this.#finish();
    return this.#blocks;
  }

  #takeText(html: string): void {
    if (this.#isPageBreak) return;
    const text = decodeHtmlReferences(html).replaceAll(WS, ' ');
    const isFirst = this.#runs.length === 0 || this.#runs.at(-1)?.text.endsWith('\n');
    this.#push(isFirst ? text.trimStart() : text);
  }

  #push(text: string): void {
    if (text !== '') this.#runs.push({ text, isBold: this.#boldness > 0 });
  }

  #open(tag: string, attributes: string): void {
    if (tag === 'br') this.#break();
    else if (tag === 'strong') this.#boldness += 1;
    else if (tag === 'p' || tag === 'h2') this.#begin(tag === 'h2' ? 'heading' : 'paragraph');
    else if (tag === 'ul' || tag === 'ol') {
      this.#finish();
      this.#lists.push({ isNumbered: tag === 'ol', count: 0 });
    } else if (tag === 'li') this.#beginItem();
    else if (tag === 'div') this.#openDivision(attributes);
    else if (tag === 'svg') this.#codeSize = Number(VIEW_BOX.exec(attributes)?.[1] ?? 0);
    else if (tag === 'path') this.#drawCode(PATH.exec(attributes)?.[1] ?? '');
  }

  #close(tag: string): void {
    if (tag === 'strong') this.#boldness -= 1;
    else if (tag === 'p' || tag === 'h2' || tag === 'li') this.#finish();
    else if (tag === 'ul' || tag === 'ol') {
      this.#finish();
      this.#lists.pop();
    } else if (tag === 'div' && this.#isPageBreak) {
      this.#isPageBreak = false;
      this.#blocks.push({ type: 'page-break' });
    }
  }

  #begin(type: 'paragraph' | 'heading'): void {
    this.#finish();
    this.#type = type;
  }

  #beginItem(): void {
    this.#finish();
    const list = this.#lists.at(-1);
    if (list) list.count += 1;
    this.#marker = list?.isNumbered ? `${list.count}.` : '•';
  }

  #openDivision(attributes: string): void {
    this.#finish();
    this.#isPageBreak = PAGE_BREAK.test(attributes);
  }

  #drawCode(path: string): void {
    this.#finish();
    if (this.#codeSize > 0) this.#blocks.push({ type: 'qr-code', path, size: this.#codeSize });
  }

  /** Break lines at the start of a block say nothing. */
  #break(): void {
    if (this.#runs.length > 0) this.#push('\n');
  }

  #finish(): void {
    const runs = withoutTrailingSpace(this.#runs);
    const type = this.#type;
    this.#runs = [];
    this.#type = 'paragraph';
    if (runs.length === 0) return;
    const depth = Math.max(0, this.#lists.length - 1);
    if (this.#lists.length === 0) this.#blocks.push({ type, runs });
    // A further paragraph of an item has no marker of its own.
    else this.#blocks.push({ type: 'item', runs, marker: this.#marker ?? '', depth });
    this.#marker = null;
  }
}

function withoutTrailingSpace(runs: readonly Run[]): Run[] {
  const kept = [...runs];
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const text = last.text.trimEnd();
    if (text !== '') return [...kept, { ...last, text }];
  }
  return [];
}
