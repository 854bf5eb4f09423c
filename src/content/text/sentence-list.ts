/** How a sentence list is written; each default is content 0.2's. */
export type SentenceListOptions = {
  /** Between the last two items. Default `and`. */
  conjunction?: string;
  /** Between the others. Default comma and space. */
  separator?: string;
  /** Around each item. Default ‘ and ’. */
  beforeEach?: string;
  afterEach?: string;
  /** In front of one item. Default nothing. */
  prefix?: string;
  /** In front of several items. Default nothing. */
  prefixPlural?: string;
  /** More items than this are cut to one fewer and a word for the rest. Needs `wordForItemsNotShown`. */
  maxItemsShown?: number;
  wordForItemsNotShown?: string;
};

function joinItems(items: readonly string[], separator: string, conjunction: string): string {
  const last = items.at(-1);
  if (last === undefined) return '';
  return items.length === 1 ? last : `${items.slice(0, -1).join(separator)} ${conjunction} ${last}`;
}

/** `‘a’`, `‘a’ and ‘b’`, `‘a’, ‘b’ and ‘c’`; empty text for no items. */
export function sentenceList(items: readonly string[], options: SentenceListOptions = {}): string {
  const { conjunction = 'and', separator = ', ', beforeEach = '‘', afterEach = '’', prefix = '' } = options;
  const shown = items.map((item) => `${beforeEach}${item}${afterEach}`);
  const { maxItemsShown, wordForItemsNotShown } = options;
  if (maxItemsShown !== undefined && wordForItemsNotShown !== undefined && items.length > maxItemsShown) {
    shown.splice(maxItemsShown - 1, Number.POSITIVE_INFINITY, wordForItemsNotShown);
  }
  const words = items.length === 1 ? prefix : (options.prefixPlural ?? '');
  const list = joinItems(shown, separator, conjunction);
  return words === '' || list === '' ? list : `${words} ${list}`;
}
