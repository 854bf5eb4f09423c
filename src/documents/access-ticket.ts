import { signer } from '../content/signing.ts';
import type { DocumentLink } from './document-links.ts';

/** The cookie that a confirmed address leaves, for the path of its file only. */
export const ACCESS_COOKIE = 'document_access_signed_data';
const MAX_AGE_MS = 30 * 86_400_000;

/** Proof that the recipient's address was confirmed for one document. */
export type AccessTickets = {
  issue(link: DocumentLink): string;
  /** Whether a request's `Cookie` header has a ticket for the document, 30 days old at most. */
  isIn(cookies: string | undefined, link: DocumentLink): boolean;
};

export type TicketParts = {
  /** The last signs, all verify. */
  secrets: readonly string[];
  salt: string;
  /** Milliseconds since the epoch. */
  now(): number;
};

export function accessTickets({ secrets, salt, now }: TicketParts): AccessTickets {
  const signing = signer(secrets, `${salt} document-access`);
  return {
    issue: (link) => signing.signAt(subjectOf(link), new Date(now())),
    isIn: (cookies = '', link) =>
      cookies
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${ACCESS_COOKIE}=`))
        .some((part) => {
          const ticket = signing.verifyTimed(part.slice(ACCESS_COOKIE.length + 1));
          return ticket?.payload === subjectOf(link) && now() - ticket.at.getTime() <= MAX_AGE_MS;
        }),
  };
}

function subjectOf({ serviceId, documentId }: DocumentLink): string {
  return `${serviceId}/${documentId}`;
}
