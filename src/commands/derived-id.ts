import { createHash } from 'node:crypto';

/** A version 8 UUID of a text's hash: what is reported twice has one id. */
export function derivedId(text: string): string {
  const hex = hashOf(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** As `derivedId`, but ids sort by the time (`at`, milliseconds since the epoch) that they were made for. */
export function timeOrderedDerivedId(at: number, text: string): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${derivedId(text).slice(13)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
