import { WS } from './text/characters.ts';
import { strip } from './text/whitespace.ts';

const NON_SPACING_MARKS = /\p{Mn}/gu;
const WS_RUN = new RegExp(`[${WS}]+`, 'g');
const FULL_STOPS = /\.{2,}/g;
const OUTER_FULL_STOPS = /^\.|\.$/g;
/** Besides letters and numbers only the separator stays. */
const UNSAFE = { '.': /[^.\p{L}\p{N}]/gu, '-': /[^-\p{L}\p{N}]/gu } as const;

function safeName(name: string, separator: keyof typeof UNSAFE): string {
  return strip(name.normalize('NFD').replace(NON_SPACING_MARKS, ''))
    .replace(WS_RUN, separator)
    .toLowerCase()
    .replace(UNSAFE[separator], '')
    .replace(FULL_STOPS, '.')
    .replace(OUTER_FULL_STOPS, '');
}

/** A service's name as the local part of its sender's address (content 3.9). */
export function emailLocalPart(name: string): string {
  return safeName(name, '.');
}

/** A name as an HTML id. */
export function htmlId(name: string): string {
  return safeName(name, '-');
}

/** The `From` of an email: `"Name" <local.part@domain>`. */
export function emailSender(name: string, domain: string): string {
  return `"${name}" <${emailLocalPart(name)}@${domain}>`;
}
