import tables from './data/stringprep.json' with { type: 'json' };
import { punycode } from './punycode.ts';

const DOTS = /[.\u3002\uff0e\uff61]/;
const NON_ASCII = /[\u0080-\u{10ffff}]/u;
const ASCII_PREFIX = 'xn--';
const MAX_LABEL_LENGTH = 63;

/** Tables of RFC 3454, as the inside of character classes: B.1, and C (all that nameprep forbids). */
const MAPPED_TO_NOTHING = '\\xad\\u034f\\u1806\\u180b-\\u180d\\u200b-\\u200d\\u2060\\ufe00-\\ufe0f\\ufeff';
const FORBIDDEN_SPACES = '\\xa0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000';
const FORBIDDEN_CONTROLS =
  '\\x80-\\x9f\\u06dd\\u070f\\u180e\\u200c-\\u200f\\u2028-\\u202e\\u2060-\\u2063\\u206a-\\u206f\\ufeff\\ufff9-\\uffff' +
  '\\u0340\\u0341\\u2ff0-\\u2ffb\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}';
const FORBIDDEN_CODE_POINTS =
  '\\ud800-\\udfff\\ue000-\\uf8ff\\ufdd0-\\ufdef\\u{1fffe}\\u{1ffff}\\u{2fffe}\\u{2ffff}\\u{f0000}-\\u{10ffff}';

/** Ranges such as `61b 621-63a` as the inside of a character class. */
function characterClass(lines: readonly string[]): string {
  return lines
    .join(' ')
    .replace(/[0-9a-f]+/g, '\\u{$&}')
    .replaceAll(' ', '');
}

/** A.1, D.1 and D.2. */
const UNASSIGNED = characterClass(tables.unassigned);
const RIGHT_TO_LEFT = characterClass(tables.rightToLeft);
const LEFT_TO_RIGHT = `a-zA-Z${characterClass(tables.leftToRight)}`;

const EVERY_MAPPED_TO_NOTHING = new RegExp(`[${MAPPED_TO_NOTHING}]`, 'gu');
const FORBIDDEN = new RegExp(`[${FORBIDDEN_SPACES}${FORBIDDEN_CONTROLS}${FORBIDDEN_CODE_POINTS}]`, 'u');
const HAS_RIGHT_TO_LEFT = new RegExp(`[${RIGHT_TO_LEFT}]`, 'u');
const HAS_LEFT_TO_RIGHT = new RegExp(`[${LEFT_TO_RIGHT}]`, 'u');
const IS_UNASSIGNED = new RegExp(`[${UNASSIGNED}]`, 'u');
const ASSIGNED_RUN = new RegExp(`[^${UNASSIGNED}]+`, 'gu');
const RIGHT_TO_LEFT_AT_BOTH_ENDS = new RegExp(`^[${RIGHT_TO_LEFT}](?:.*[${RIGHT_TO_LEFT}])?$`, 'su');
const DOTLESS_I = '\u0131';

function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
}

/** Full case folding: through upper case, which also unfolds ß and ligatures. */
function foldCharacter(character: string): string {
  const keepsItself = character === DOTLESS_I || IS_UNASSIGNED.test(character);
  return (keepsItself ? character : character.toUpperCase()).toLowerCase();
}

function foldCase(text: string): string {
  return Array.from(text, foldCharacter).join('');
}

/** NFKC of Unicode 3.2, on which IDNA 2003 is founded: characters that are younger stay as they are. */
function normaliseOldText(text: string): string {
  return text.replace(ASSIGNED_RUN, (run) => run.normalize('NFKC'));
}

/** RFC 3491. Null when the label contains a forbidden character or mixes directions. */
function nameprep(label: string): string | null {
  const folded = foldCase(normaliseOldText(foldCase(label.replace(EVERY_MAPPED_TO_NOTHING, ''))));
  const mapped = normaliseOldText(folded);
  if (FORBIDDEN.test(mapped)) return null;
  if (!HAS_RIGHT_TO_LEFT.test(mapped)) return mapped;
  return HAS_LEFT_TO_RIGHT.test(mapped) || !RIGHT_TO_LEFT_AT_BOTH_ENDS.test(mapped) ? null : mapped;
}

function hasLabelLength(label: string): boolean {
  return label.length > 0 && label.length <= MAX_LABEL_LENGTH;
}

function labelToAscii(label: string): string | null {
  const prepared = isAscii(label) ? label : nameprep(label);
  if (prepared === null) return null;
  if (isAscii(prepared)) return hasLabelLength(prepared) ? prepared : null;
  const encoded = ASCII_PREFIX + punycode(prepared);
  return prepared.startsWith(ASCII_PREFIX) || !hasLabelLength(encoded) ? null : encoded;
}

/** A domain in the ASCII form of IDNA 2003 (RFC 3490), or null when it has none. */
export function domainToAscii(domain: string): string | null {
  const labels = domain.split(DOTS).map(labelToAscii);
  return labels.includes(null) ? null : labels.join('.');
}
