import { isUtf8 } from 'node:buffer';
import { withSpelledNumbers } from './python-numbers.ts';

/** JSON of a body; `ok` is false where it is empty, not JSON, not UTF-8, or nested too deep to be worked with. */
export type ParsedJson = { ok: true; value: unknown } | { ok: false };

/** Levels of arrays and objects. Nothing real comes near it, and what walks a value recursively stays safe. */
const MAX_DEPTH = 100;

/** A number of the personalisation that JavaScript would spell otherwise than Python comes as Python's text. */
export function parseJsonBody(body: Buffer): ParsedJson {
  if (body.length === 0 || !isUtf8(body)) return { ok: false };
  const text = body.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  if (isDeeperThan(value, MAX_DEPTH)) return { ok: false };
  const spelled = withSpelledNumbers(text, value);
  // Only an escape sequence can bring in what PostgreSQL refuses.
  return { ok: true, value: text.includes('\\u') ? storable(spelled) : spelled };
}

/** Text as PostgreSQL can store it: without U+0000, and with U+FFFD for halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** `storableText` of every string and key in a JSON value. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storableText(key), storable(member)]));
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.some((member) => isDeeperThan(member, levels - 1));
}
