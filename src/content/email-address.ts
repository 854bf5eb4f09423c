import governmentDomains from './data/government-email-domains.json' with { type: 'json' };
import { domainToAscii } from './idna.ts';
import { WS } from './text/characters.ts';
import { stripAndRemoveObscureWhitespace } from './text/whitespace.ts';

const INVALID_EMAIL_ADDRESS = 'Not a valid email address';

export type ParsedEmailAddress =
  | {
      ok: true;
      /** Cleaned of whitespace, case kept. */
      address: string;
      /** Lower case: the form used for sending and matching. */
      normalised: string;
    }
  | { ok: false; message: string };

/** Lengths in characters (content 5.3). */
const MAX_LENGTH = 320;
const MAX_DOMAIN_LENGTH = 253;
const MIN_LABELS = 2;

const SHAPE = new RegExp(`^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@([^.@${WS}][^@${WS}]+)$`);
const LABEL = /^(?=.{1,63}$)(?:xn|[a-z0-9]+)(?:-{1,2}[a-z0-9]+)*$/i;
const LAST_LABEL = /^(?:[a-z]{2,63}|xn--(?:[a-z0-9]+-)*[a-z0-9]+)$/i;

function isValidDomain(domain: string): boolean {
  const ascii = domainToAscii(domain);
  if (ascii === null || ascii.length > MAX_DOMAIN_LENGTH) return false;
  const labels = ascii.split('.');
  return (
    labels.length >= MIN_LABELS && labels.every((label) => LABEL.test(label)) && LAST_LABEL.test(labels.at(-1) ?? '')
  );
}

function isValid(address: string): boolean {
  const domain = SHAPE.exec(address)?.[1];
  if (domain === undefined || address.includes('..')) return false;
  if (address.length > MAX_LENGTH && [...address].length > MAX_LENGTH) return false;
  return isValidDomain(domain);
}

/** Cleans and checks an address (content 5.3). */
export function parseEmailAddress(input: string): ParsedEmailAddress {
  const address = stripAndRemoveObscureWhitespace(input);
  if (!isValid(address)) return { ok: false, message: INVALID_EMAIL_ADDRESS };
  return { ok: true, address, normalised: address.toLowerCase() };
}

/** The stored form of an email recipient: cleaned, lower case, not checked. */
export function normaliseEmailAddress(input: string): string {
  return stripAndRemoveObscureWhitespace(input).toLowerCase();
}

/** Whether an address is at a public-sector domain or below one. */
export function isGovernmentEmailAddress(address: string): boolean {
  const lower = address.toLowerCase();
  return governmentDomains.some((domain) => lower.endsWith(`@${domain}`) || lower.endsWith(`.${domain}`));
}
