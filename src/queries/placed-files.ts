import { normaliseKey } from '../content/keys.ts';
import { requiredPersonalisation } from '../content/personalisation.ts';
import type { Values } from '../content/values.ts';
import type { TemplateFile, TemplateRecord } from '../db/template-directory.ts';

/** Those of a template's files that its text has a place for; the others go with no email. */
export function placedFiles({ files, type, subject, content }: TemplateRecord): readonly TemplateFile[] {
  if (type !== 'email' || files.length === 0) return [];
  const places = new Set(requiredPersonalisation({ type, subject: subject ?? '', body: content }).map(normaliseKey));
  return files.filter(({ filename }) => places.has(normaliseKey(filename)));
}

/** Personalisation with each file's name in its place, where there is no link yet: callers need not supply it. */
export function withFileNames(files: readonly TemplateFile[], values: Values | null): Values | null {
  return inTheirPlaces(
    files.map(({ filename }) => [filename, filename]),
    values,
  );
}

/** Whatever the caller gave for a place, in whatever spelling, gives way. */
export function inTheirPlaces(
  filled: readonly (readonly [name: string, text: string])[],
  values: Values | null,
): Values | null {
  if (filled.length === 0) return values;
  const taken = new Set(filled.map(([name]) => normaliseKey(name)));
  const others = Object.entries(values ?? {}).filter(([key]) => !taken.has(normaliseKey(key)));
  return Object.fromEntries([...others, ...filled]);
}
