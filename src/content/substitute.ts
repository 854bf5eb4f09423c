import { type Placeholder, templateParts } from './placeholders.ts';
import { escapeHtml } from './text/html-escape.ts';
import { type ListStyle, showsConditionalText, type Values, valuesByKey, valueText } from './values.ts';

/** How placeholders are filled, and how unfilled ones look (content 1.6, 1.7). */
export type SubstituteOptions = {
  /** HTML escaping of template, keys and values; otherwise nothing is changed. Default false. */
  escape?: boolean;
  /** Default `sentence`. */
  lists?: ListStyle;
  /** Unfilled placeholders appear as bare text instead of HTML spans. Default false. */
  plain?: boolean;
  /** Unfilled placeholders keep their brackets. Default true. */
  brackets?: boolean;
  /** Unfilled placeholders appear as hidden. Default false. */
  redact?: boolean;
};

function unfilledHtml({ name, conditionalText }: Placeholder, brackets: boolean): string {
  if (conditionalText !== null) {
    return `<span class='placeholder-conditional'>&#40;&#40;${name}??</span>${conditionalText}&#41;&#41;`;
  }
  if (!brackets) return `<span class='placeholder-no-brackets'>${name}</span>`;
  return `<span class='placeholder'>&#40;&#40;${name}&#41;&#41;</span>`;
}

function unfilledText({ name, conditionalText }: Placeholder, brackets: boolean): string {
  if (conditionalText !== null) return `((${name}??${conditionalText}))`;
  return brackets ? `((${name}))` : name;
}

function unfilled(placeholder: Placeholder, { plain = false, brackets = true, redact = false }: SubstituteOptions) {
  if (redact) return plain ? '[hidden]' : "<span class='placeholder-redacted'>hidden</span>";
  return plain ? unfilledText(placeholder, brackets) : unfilledHtml(placeholder, brackets);
}

function escapeKeys(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [escapeHtml(key), value]));
}

/** The text that takes a placeholder's place, or null when there is no value for it. */
export type Filler = (placeholder: Placeholder) => string | null;

/** Fills placeholders from values. In escape mode lists are made first and their text is escaped after. */
export function fillFrom(values: Values | null, escapes: boolean, lists: ListStyle): Filler {
  const byKey = valuesByKey(escapes && values !== null ? escapeKeys(values) : values);
  return ({ key, conditionalText }) => {
    const value = byKey.get(key);
    if (value === undefined) return null;
    const text = escapes ? escapeHtml(valueText(value, lists)) : valueText(value, lists);
    if (conditionalText === null) return text;
    return showsConditionalText(text) ? conditionalText : '';
  };
}

/** Puts values in place of placeholders. What was put in is never scanned again. */
export function substitute(template: string, values: Values | null, options: SubstituteOptions = {}): string {
  const { escape: escapes = false, lists = 'sentence' } = options;
  const fill = fillFrom(values, escapes, lists);
  let text = '';
  for (const part of templateParts(escapes ? escapeHtml(template) : template)) {
    text += typeof part === 'string' ? part : (fill(part) ?? unfilled(part, options));
  }
  return text;
}
