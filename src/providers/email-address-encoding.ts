import { domainToASCII } from 'node:url';

/** Bytes of UTF-8 that fit one encoded word: 75 characters less its frame, in Base64 (RFC 2047 section 2). */
const MAX_ENCODED_WORD_BYTES = 45;

const MAILBOX = /^(?<name>.*)<(?<address>[^<>]+)>\s*$/su;
const NOT_ASCII = /[^\x20-\x7e]/;

/** The address with its host in IDNA's ASCII form; the local part stays. A host that IDNA refuses stays too. */
export function encodeHost(address: string): string {
  const at = address.lastIndexOf('@');
  const host = domainToASCII(address.slice(at + 1));
  return at === -1 || host === '' ? address : `${address.slice(0, at)}@${host}`;
}

/** `"Name" <address>` in ASCII, as SES wants it: a name beyond ASCII becomes MIME encoded words. */
export function encodeSender(from: string): string {
  const { name, address } = MAILBOX.exec(from)?.groups ?? {};
  if (name === undefined || address === undefined || !NOT_ASCII.test(name)) return from;
  return `${encodedWords(unquoted(name.trim()))} <${address}>`;
}

function unquoted(name: string): string {
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replace(/\\(.)/gsu, '$1') : name;
}

function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > MAX_ENCODED_WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}
