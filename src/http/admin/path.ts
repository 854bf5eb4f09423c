import { type AdminRefused, noResult } from '../../admin-refusal.ts';
import { type Checked, passed } from '../../refusal.ts';
import { parseUuid } from '../../validation/uuid.ts';
import type { HttpRequest } from '../request.ts';

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const PARTS = { uuid: UUID, any: '[^/]+', int: '[0-9]+' } as const;
const PLACEHOLDER = /\{(?:(any|int):)?([a-z_]+)\}/g;

/**
 * The pattern of a path in which `{x}` is a hyphenated UUID in any letter case, `{any:x}` one part of any text and
 * `{int:x}` a number: what does not match is an unknown URL (internal-api 2).
 */
export function adminPath(template: string): RegExp {
  const source = template.replaceAll(PLACEHOLDER, (_, kind: 'any' | 'int' | undefined, name: string) => {
    return `(?<${name}>${PARTS[kind ?? 'uuid']})`;
  });
  return new RegExp(`^${source}$`);
}

/** A part of the path. UUIDs are in lower case, as they are stored; other texts are as they came. */
export function pathPart({ params }: HttpRequest, name: string): string {
  const text = params[name];
  if (text === undefined) throw new Error(`The path has no part ${name}`);
  return WHOLE_UUID.test(text) ? text.toLowerCase() : text;
}

const WHOLE_UUID = new RegExp(`^${UUID}$`);

/** Parts of the path in which any text may stand; what is no id finds nothing. */
export function looseIds(...names: string[]) {
  return async (request: HttpRequest): Promise<Checked<string[]> | AdminRefused> => {
    const ids = names.flatMap((name) => parseUuid(pathPart(request, name)) ?? []);
    return ids.length === names.length ? passed(ids) : noResult();
  };
}
