import { EXTENDED, NON_GSM, SMS_CHARACTERS } from './downgrade.ts';
import { type SmsEncoding, smsMessage, unsanitisedSms } from './sms.ts';
import { substitute } from './substitute.ts';
import { collapseNewlines, normaliseLines, removeWhitespaceBeforePunctuation, strip } from './text/whitespace.ts';
import type { Values } from './values.ts';

/** Characters that fit into a cell broadcast's 15 pages, of 93 or 41. */
export const BROADCAST_MAX_CHARACTERS: Readonly<Record<SmsEncoding, number>> = { gsm: 1395, 'ucs-2': 615 };

/** An emergency alert's text (content 7.1). */
export type BroadcastContent = {
  /** As stored and transmitted: HTML-escaped, with characters that cannot be sent replaced. */
  message: string;
  /** Not escaped. */
  plainMessage: string;
  /** Code points, before characters are replaced. */
  contentCount: number;
  encoding: SmsEncoding;
  /** What is held against the limit of the encoding. */
  encodedCount: number;
  isTooLong: boolean;
};

/** The replacements of 2022, a part of those of text messages. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '…': '...',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '\u180e': '',
  '\u200b': '',
  '\u200c': '',
  '\u200d': '',
  '\u2060': '',
  '\ufeff': '',
  '\xa0': ' ',
  '\t': ' ',
};
/** Composed by rule: Unicode's table has no decomposition for these. */
const HANGUL_SYLLABLE = /[\uac00-\ud7a3]/;

function flagsOf(character: string): number {
  return character.length === 1 ? (SMS_CHARACTERS[character.charCodeAt(0)] ?? 0) : 0;
}

/** The first code point of the canonical decomposition, one level deep; undefined when there is none. */
function decomposed(character: string): string | undefined {
  if (HANGUL_SYLLABLE.test(character)) return undefined;
  const composed = [...character.normalize('NFC')];
  if (composed.length === 1 && composed[0] !== character) return composed[0];
  const parts = [...character.normalize('NFD')];
  return parts.length > 1 ? [...parts.slice(0, -1).join('').normalize('NFC')][0] : undefined;
}

function downgrade(text: string): string {
  let output = '';
  for (const character of text) {
    const isAllowed = flagsOf(character) !== 0;
    output += isAllowed ? character : (decomposed(character) ?? REPLACEMENTS[character] ?? '?');
  }
  return output;
}

/** In 2022 an unfilled placeholder's brackets were plain characters. */
function withPlainBrackets(html: string): string {
  return html.replaceAll('&#40;', '(').replaceAll('&#41;', ')');
}

function has(text: string, flag: number): boolean {
  return [...text].some((character) => (flagsOf(character) & flag) !== 0);
}

function count(text: string, flag: number): number {
  return [...text].filter((character) => (flagsOf(character) & flag) !== 0).length;
}

/** Fills in an alert and counts it. The encoding follows from the template text alone. */
export function broadcastContent(content: string, values: Values | null): BroadcastContent {
  const filled = withPlainBrackets(substitute(strip(content), values, { escape: true }));
  const sms = { body: content, values, prefix: null };
  const { text: plainMessage } = smsMessage(sms);
  const contentCount = [...unsanitisedSms(sms)].length;
  const encoding = has(content, NON_GSM) ? 'ucs-2' : 'gsm';
  const encodedCount = encoding === 'gsm' ? contentCount + count(plainMessage, EXTENDED) : contentCount;
  return {
    message: collapseNewlines(normaliseLines(removeWhitespaceBeforePunctuation(downgrade(filled)))),
    plainMessage,
    contentCount,
    encoding,
    encodedCount,
    isTooLong: encodedCount > BROADCAST_MAX_CHARACTERS[encoding],
  };
}

/**
 * What is said of an alert that is too long, or null. The public API calls the text `description`, the back office
 * `Content`.
 */
export function broadcastContentError(
  { encoding, isTooLong }: BroadcastContent,
  field: 'description' | 'Content',
): string | null {
  if (!isTooLong) return null;
  const limit = BROADCAST_MAX_CHARACTERS[encoding].toLocaleString('en-GB');
  const reason = encoding === 'gsm' ? '' : ' (because it could not be GSM7 encoded)';
  return `${field} must be ${limit} characters or fewer${reason}`;
}
