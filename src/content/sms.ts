import { downgradeForSms, EXTENDED, NON_GSM, SMS_CHARACTERS } from './downgrade.ts';
import { type Placeholder, templateParts } from './placeholders.ts';
import { type Filler, fillFrom } from './substitute.ts';
import { collapseNewlines, normaliseLines, removeWhitespaceBeforePunctuation, strip } from './text/whitespace.ts';
import type { Values } from './values.ts';

/** Characters without the prefix, whatever the encoding: six GSM fragments (content 2.6). */
export const SMS_MAX_CHARACTERS = 918;

/** Characters in a message of one fragment, and in each fragment of a longer one. */
const FRAGMENT = { gsm: { alone: 160, each: 153 }, 'ucs-2': { alone: 70, each: 67 } } as const;

/** Between the prefix and the message. */
const PREFIX_SEPARATOR = ': ';

/**
 * Stands for an unfilled placeholder while whitespace is normalised, so that the spaces around it survive. Unicode
 * noncharacters, so that no text holds it.
 */
const MARKER = '\u{10fffe}\u{10ffff}';

export type SmsEncoding = 'gsm' | 'ucs-2';

/** A text message as sent. Characters are UTF-16 units of `text`, which has nothing outside the basic plane. */
export type SmsMessage = {
  text: string;
  /** With the prefix. */
  characterCount: number;
  characterCountWithoutPrefix: number;
  /** At least 1, also for an empty message. */
  fragments: number;
  encoding: SmsEncoding;
  /** Characters that cost two in GSM 7-bit. */
  extendedCharacters: number;
  charactersOverPreviousFragment: number;
  /** No character besides the prefix. */
  isEmpty: boolean;
  isTooLong: boolean;
};

export type SmsInput = {
  body: string;
  /** Null or no members: placeholders count as nothing. */
  values: Values | null;
  /** The service's name, or null when it is not shown. */
  prefix: string | null;
};

function hasValues(values: Values | null): values is Values {
  for (const _ in values) return true;
  return false;
}

function fillNothing({ conditionalText }: Placeholder): string {
  return conditionalText === null ? MARKER : '';
}

function asTyped({ name, conditionalText }: Placeholder): string {
  return conditionalText === null ? `((${name}))` : `((${name}??${conditionalText}))`;
}

function fill(body: string, filler: Filler): string {
  let text = '';
  for (const part of templateParts(body)) {
    text += typeof part === 'string' ? part : (filler(part) ?? asTyped(part));
  }
  return text;
}

/** The message before its characters are sanitised (content 2.1). */
export function unsanitisedSms({ body, values, prefix }: SmsInput): string {
  const filled = hasValues(values);
  const content = fill(body, filled ? fillFrom(values, false, 'sentence') : fillNothing);
  const prefixed = prefix === null || prefix === '' ? content : strip(prefix) + PREFIX_SEPARATOR + content;
  const tidy = strip(collapseNewlines(normaliseLines(removeWhitespaceBeforePunctuation(prefixed))));
  return filled ? tidy : tidy.replaceAll(MARKER, '');
}

function previousBoundary(encoding: SmsEncoding, fragments: number): number {
  const { alone, each } = FRAGMENT[encoding];
  if (fragments === 1) return 0;
  return fragments === 2 ? alone : each * (fragments - 1);
}

/** The finished message and its counts (content 2.1 to 2.6). */
export function smsMessage(input: SmsInput): SmsMessage {
  const unsanitised = unsanitisedSms(input);
  let extendedCharacters = 0;
  let flags = 0;
  let isClean = true;
  for (let at = 0; at < unsanitised.length; at += 1) {
    const character = SMS_CHARACTERS[unsanitised.charCodeAt(at)] ?? 0;
    flags |= character;
    if (character === 0) isClean = false;
    else if ((character & EXTENDED) !== 0) extendedCharacters += 1;
  }

  const text = isClean ? unsanitised : downgradeForSms(unsanitised);
  const encoding = (flags & NON_GSM) === 0 ? 'gsm' : 'ucs-2';
  const units = encoding === 'gsm' ? text.length + extendedCharacters : text.length;
  const fragments = units <= FRAGMENT[encoding].alone ? 1 : Math.ceil(units / FRAGMENT[encoding].each);
  const characterCountWithoutPrefix = Math.max(0, text.length - prefixLength(input.prefix));
  return {
    text,
    characterCount: text.length,
    characterCountWithoutPrefix,
    fragments,
    encoding,
    extendedCharacters,
    charactersOverPreviousFragment: units - previousBoundary(encoding, fragments),
    isEmpty: characterCountWithoutPrefix === 0,
    isTooLong: characterCountWithoutPrefix > SMS_MAX_CHARACTERS,
  };
}

/** The prefix counts as given, not stripped. */
function prefixLength(prefix: string | null): number {
  return prefix === null || prefix === '' ? 0 : downgradeForSms(prefix).length + PREFIX_SEPARATOR.length;
}
