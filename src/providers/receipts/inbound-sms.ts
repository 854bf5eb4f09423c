import type { Fields } from '../fields.ts';

/** A text that somebody sent to one of our numbers, as its provider reports it. */
export type InboundSms = {
  provider: 'mmg' | 'firetext';
  /** Our number, in national form. */
  number: string;
  /** Who sent it, as the provider writes it: a number or a name. */
  sender: string;
  text: string;
  /** When the provider had it: ISO 8601 in UTC where all is well; null where it does not say. */
  date: string | null;
  /** The provider's own id of the text; null for Firetext. */
  providerReference: string | null;
};

/** MMG's text, from parsed JSON; null where a field is missing. Source: public-api 5.6. */
export function mmgInboundSms(body: Fields): InboundSms | null {
  const number = given(body, 'Number');
  const sender = given(body, 'MSISDN');
  const message = given(body, 'Message');
  const id = given(body, 'ID');
  if (number === null || sender === null || message === null || id === null) return null;
  const date = given(body, 'DateRecieved');
  return {
    provider: 'mmg',
    number: national(number),
    sender,
    text: withoutEscapes(formDecoded(message)),
    date: date === null ? null : formDecoded(date),
    providerReference: id,
  };
}

/** Firetext's text, from a form; null where a field is missing. Source: public-api 5.6. */
export function firetextInboundSms(form: Fields): InboundSms | null {
  const number = given(form, 'destination');
  const sender = given(form, 'source');
  const text = given(form, 'message');
  const date = given(form, 'time');
  if (number === null || sender === null || text === null || date === null) return null;
  return { provider: 'firetext', number: national(number), sender, text, date, providerReference: null };
}

/** Providers write ids and numbers as text or as numbers, and a text may be empty. */
function given(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

function national(number: string): string {
  return number.startsWith('44') ? `0${number.slice(2)}` : number;
}

/** As a form's value is decoded: bytes that are no UTF-8 become U+FFFD, a lone `%` stays. */
function formDecoded(text: string): string {
  return new URLSearchParams(`t=${text.replaceAll('&', '%26')}`).get('t') ?? '';
}

const ESCAPE = /\\(?:([\\'"abfnrtv\n])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/g;
const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};
const LAST_CHARACTER = 0x10ffff;

/** MMG writes characters as Python escapes them. What is no such escape stays as it is. */
function withoutEscapes(text: string): string {
  return text.replaceAll(
    ESCAPE,
    (written: string, name?: string, hex2?: string, hex4?: string, hex8?: string, octal?: string) => {
      if (name !== undefined) return NAMED[name] ?? written;
      const hex = hex2 ?? hex4 ?? hex8;
      const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
      return code > LAST_CHARACTER ? written : String.fromCodePoint(code);
    },
  );
}
