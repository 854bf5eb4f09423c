import { normaliseKey } from './keys.ts';

/** `((name))` or `((name??conditional text))`; the text is null for the first form. Nothing in it is trimmed. */
export type Placeholder = { name: string; key: string; conditionalText: string | null };

/** A template cut at its placeholders, in order. */
export type TemplatePart = string | Placeholder;

const PLACEHOLDER = /\(\(([^()]+)\)\)/g;
const CONDITION = '??';

/** Compiled templates kept: a service sends the same few bodies again and again. */
const MAX_COMPILED = 1000;
/** Longest template kept, in UTF-16 units, so that what is kept stays within some megabytes. */
const MAX_COMPILED_LENGTH = 10_000;
const compiled = new Map<string, readonly TemplatePart[]>();

function placeholder(inside: string): Placeholder {
  const at = inside.indexOf(CONDITION);
  const name = at === -1 ? inside : inside.slice(0, at);
  return { name, key: normaliseKey(name), conditionalText: at === -1 ? null : inside.slice(at + CONDITION.length) };
}

function compile(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    if (match.index > end) parts.push(template.slice(end, match.index));
    parts.push(placeholder(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push(template.slice(end));
  return parts;
}

/** Cuts a template at its placeholders. The result is shared between calls. */
export function templateParts(template: string): readonly TemplatePart[] {
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const parts = compile(template);
  if (template.length > MAX_COMPILED_LENGTH) return parts;
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(template, parts);
  return parts;
}

/** The names in the templates, in order of first appearance; spellings of one key count once, the first is kept. */
export function placeholderNames(...templates: readonly string[]): string[] {
  const names = new Map<string, string>();
  for (const template of templates) {
    for (const part of templateParts(template)) {
      if (typeof part !== 'string' && !names.has(part.key)) names.set(part.key, part.name);
    }
  }
  return [...names.values()];
}
