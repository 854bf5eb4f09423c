import { normaliseKey } from './keys.ts';
import { pythonText } from './python-text.ts';
import { sentenceList } from './text/sentence-list.ts';
import { stripAndRemoveObscureWhitespace } from './text/whitespace.ts';

/** Personalisation as it came in a request: any JSON under any spelling of the key. */
export type Values = Record<string, unknown>;

/** How lists appear: `a, b and c`, or a bulleted list in markdown. */
export type ListStyle = 'sentence' | 'bullets';

const SHOWS = new Set(['yes', 'y', 'true', 't', '1', 'include', 'show']);

/** Values by normalised key; of two spellings of one key the later wins. Absent values are left out. */
export function valuesByKey(values: Values | null): Map<string, unknown> {
  const byKey = new Map<string, unknown>();
  if (values === null) return byKey;
  for (const key in values) {
    const value = values[key];
    const normalised = normaliseKey(key);
    if (value === null || value === undefined) byKey.delete(normalised);
    else byKey.set(normalised, value);
  }
  return byKey;
}

function listText(list: readonly unknown[], style: ListStyle): string {
  const items = list
    .filter((item) => item !== null && item !== undefined)
    .map((item) => stripAndRemoveObscureWhitespace(pythonText(item)))
    .filter((item) => item !== '');
  if (items.length === 0) return '';
  if (style === 'bullets') return `\n\n${items.map((item) => `* ${item}`).join('\n')}`;
  return sentenceList(items, { beforeEach: '', afterEach: '' });
}

/** A value that is present, as text (content 1.4). */
export function valueText(value: unknown, style: ListStyle): string {
  return Array.isArray(value) ? listText(value, style) : pythonText(value);
}

/** Whether a value, already text, shows the text of a conditional placeholder (content 1.5). */
export function showsConditionalText(text: string): boolean {
  return SHOWS.has(text.toLowerCase());
}
